"""Coverage of four bootstrap intervals of the share of wins held at equal weekly volume, over simulated
test windows: 19 weeks of about 37 leads, 13.7 of them taken, 2 or 3 wins a week, a score that knows the
odds. The truth is the mean over 3,000 windows; 300 windows are judged with 400 resamples each; seed 1.
Needs numpy and scipy; docs/maths.md quotes what it prints."""
import numpy as np
from scipy.stats import norm
rng=np.random.default_rng(1)
W=19;N=13.7
def window():
    out=[]
    for w in range(W):
        n=rng.poisson(37)
        x=rng.normal(0,1.1,n); y=rng.random(n)<1/(1+np.exp(-(x-2.9)))
        o=np.argsort(-x); out.append(y[o].astype(float))
    return out
def T(win, counts=None):
    tot=0;cap=0
    for k,y in enumerate(win):
        c=np.ones(len(y)) if counts is None else counts[k]
        cum=np.cumsum(c); take=np.clip(N-(cum-c),0,c)
        cap+=(take*y).sum(); tot+=(c*y).sum()
    return cap/tot if tot>0 else np.nan
true=np.mean([T(window()) for _ in range(3000)])
cov={k:0 for k in ['perc','bc','basic','norm']}; wid={k:0 for k in cov}
R=300
for r in range(R):
    win=window(); t=T(win); B=400
    s=np.array([T(win,[rng.multinomial(len(y),np.ones(len(y))/len(y)).astype(float) for y in win]) for _ in range(B)])
    q=np.quantile(s,[.025,.975]); sd=s.std()
    z0=norm.ppf(np.clip((s<t).mean(),.01,.99))
    bc=np.quantile(s,[norm.cdf(2*z0-1.96),norm.cdf(2*z0+1.96)])
    ints={'perc':q,'bc':bc,'basic':[2*t-q[1],2*t-q[0]],'norm':[t-1.96*sd,t+1.96*sd]}
    for k,(a,b) in ints.items():
        cov[k]+=a<=true<=b; wid[k]+=b-a
print(f'truth {true:.4f}')
for k, v in cov.items():
    print(f'{k}: covers {v / R:.3f}, mean width {wid[k] / R:.3f}')
