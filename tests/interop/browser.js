// Runs an export as a page would, where there is no module and no require: browser.js EXPORT.js.
// Prints a line for each verification row that does not come out of leadcal.score.
'use strict';

const fs = require('fs');
const vm = require('vm');

const page = vm.createContext({});
vm.runInContext(fs.readFileSync(process.argv[2], 'utf8'), page);
const leadcal = vm.runInContext('leadcal', page);
let checked = 0;
leadcal.CHECKS.forEach(([cells, wanted], i) => {
  const row = Object.create(null);
  leadcal.COLUMNS.forEach((column, j) => { row[column] = cells[j]; });
  const scored = leadcal.score(row);
  leadcal.ADDED.forEach((name, j) => {
    const near = j === 0 && Math.abs(scored[name] - wanted[j]) <= 1e-12;
    if (scored[name] !== wanted[j] && !near) {
      console.log('verification row ' + (i + 1) + ': ' + name + ' is ' + scored[name]);
      process.exitCode = 1;
    }
    checked += 1;
  });
});
if (!checked || Object.keys(page).length) {
  console.log('nothing was checked, or the page has new globals: ' + Object.keys(page));
  process.exitCode = 1;
}
