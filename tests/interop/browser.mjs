// A page of leadcal in Chromium: browser.mjs PACKAGES [WORDS!]NAME=PAGE...
//
// PACKAGES is the folder with playwright-core and axe-core. Each page must ask for nothing but
// itself, log and run nothing, show every picture, please axe-core by day and by night, never be
// wider than a phone, and print its first page on one sheet. A page whose name begins with WORDS!
// (with bars between them) has a planted fault: it passes where each word begins what is said of
// it, and nothing else is said.
// Says what failed, and at the end `browser: N passed, N failed, 0 skipped`.
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { resolve } from 'node:path';

const [packages, ...pages] = process.argv.slice(2);
const require = createRequire(resolve(packages) + '/');
const { chromium } = require('playwright-core');
const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

const flags = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
    '--disable-component-update', '--disable-sync', '--host-resolver-rules=MAP * ~NOTFOUND'];
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: flags });

// Runs in the page: what a reader, a keyboard and a hostile name would meet.
function look() {
    const faults = [];
    const all = [...document.querySelectorAll('*')];
    for (const e of document.querySelectorAll('script,iframe,frame,object,embed,form,input,base,link,audio,video'))
        faults.push(`element: <${e.localName}> does not belong here`);
    for (const e of document.querySelectorAll('body svg'))
        faults.push(`element: <svg> outside a picture: ${e.outerHTML.slice(0, 80)}`);
    for (const e of all)
        for (const a of e.attributes)
            if (/^on/i.test(a.name) || (/^(href|src|action)$/i.test(a.name) && !/^(#|data:image\/svg\+xml;base64,)/.test(a.value)))
                faults.push(`attribute: ${a.name}="${a.value.slice(0, 60)}"`);
    for (const img of document.images)
        if (!img.complete || img.naturalWidth === 0)
            faults.push(`picture: one is broken: ${img.alt.slice(0, 60)}`);
        else if (img.alt.length < 30)
            faults.push(`picture: "${img.alt}" is no sentence`);
    for (const link of document.querySelectorAll('a'))
        if (!document.querySelector(link.getAttribute('href')))
            faults.push(`link: ${link.getAttribute('href')} leads nowhere`);
    for (const e of all)
        if (e !== document.documentElement && e.scrollWidth > e.clientWidth + 1 && getComputedStyle(e).overflowX === 'auto' && e.tabIndex < 0)
            faults.push(`keyboard: <${e.localName} class="${e.className}"> scrolls and cannot be reached`);
    const root = document.documentElement;
    if (root.scrollWidth > root.clientWidth)
        faults.push(`width: the page is ${root.scrollWidth} wide on a screen of ${root.clientWidth}`);
    return faults;
}

// Runs in the page, laid out for paper: long tables are open without a click.
const folded = () => [...document.querySelectorAll('details')]
    .filter((d) => !d.querySelector('table').checkVisibility())
    .map((d) => `print: "${d.querySelector('summary').textContent}" stays folded`);

const sheets = (pdf) => (pdf.toString('latin1').match(/\/Type\s*\/Page\b(?!s)/g) || []).length;

async function open(address, options, faults) {
    const context = await browser.newContext(options);
    const page = await context.newPage();
    page.on('request', (r) => {
        if (r.url() !== address && !r.url().startsWith('data:'))
            faults.add(`request: ${r.url().slice(0, 80)}`);
    });
    page.on('console', (m) => faults.add(`console: ${m.text().slice(0, 160)}`));
    page.on('pageerror', (e) => faults.add(`console: ${e.message}`));
    page.on('dialog', (d) => {
        faults.add(`dialog: ${d.message()}`);
        d.dismiss();
    });
    await page.goto(address, { waitUntil: 'load' });
    return { context, page };
}

async function reading(address, faults) {
    const { context, page } = await open(address, {}, faults);
    for (const state of ['as it opens', 'unfolded']) {
        for (const width of [1280, 390]) {
            await page.setViewportSize({ width, height: 900 });
            for (const fault of await page.evaluate(look))
                faults.add(`${fault} (${width} wide, ${state})`);
        }
        for (const summary of await page.locator('summary').all())
            if (state !== 'unfolded')
                await summary.press('Enter');
    }
    await context.close();
}

// axe-core is a script, so for it alone the page's own policy is set aside.
async function access(address, faults) {
    const { context, page } = await open(address, { bypassCSP: true }, faults);
    await page.evaluate(() => document.querySelectorAll('details').forEach((d) => { d.open = true; }));
    await page.evaluate(axe);
    for (const colorScheme of ['light', 'dark']) {
        await page.emulateMedia({ colorScheme });
        const { violations, passes } = await page.evaluate(() => window.axe.run(document));
        for (const v of violations)
            faults.add(`axe ${colorScheme}: ${v.id}: ${v.help}: ${v.nodes[0].html.slice(0, 120)}`);
        if (passes.length < 10)
            faults.add(`axe ${colorScheme}: it has looked at ${passes.length} rules only`);
    }
    await context.close();
}

async function paper(address, faults) {
    const { context, page } = await open(address, {}, faults);
    await page.emulateMedia({ media: 'print' });
    for (const fault of await page.evaluate(folded))
        faults.add(fault);
    const whole = sheets(await page.pdf({ preferCSSPageSize: true }));
    await page.addStyleTag({ content: '.page + .page { display: none }' });
    const first = sheets(await page.pdf({ preferCSSPageSize: true }));
    if (first !== 1)
        faults.add(`print: page one takes ${first} sheets`);
    if (whole < 2)
        faults.add(`print: the whole takes ${whole} sheets`);
    await context.close();
}

let passed = 0;
let failed = 0;
for (const argument of pages) {
    const [, words, name, path] = /^(?:([a-z |]+)!)?([^=]+)=(.*)$/.exec(argument);
    const planted = words ? words.split('|') : [];
    const address = pathToFileURL(resolve(path)).href;
    const faults = new Set();
    await reading(address, faults);
    if (planted.length === 0 || planted.some((word) => word.startsWith('axe'))) // it is slow
        await access(address, faults);
    await paper(address, faults);
    const other = [...faults].filter((f) => !planted.some((word) => f.startsWith(word)));
    for (const word of planted)
        if (![...faults].some((f) => f.startsWith(word)))
            other.push(`the planted fault "${word}" was not found`);
    if (other.length === 0)
        passed++;
    else
        failed++;
    for (const fault of other.slice(0, 12))
        console.log(`browser: failed: ${name}: ${fault}`);
}
await browser.close();
console.log(`browser: ${passed} passed, ${failed} failed, 0 skipped`);
process.exit(failed ? 1 : 0);
