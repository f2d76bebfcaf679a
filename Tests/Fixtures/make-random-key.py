"""Reference values of RandomKeyTests, from an implementation of its own.

Run: python3 Tests/Fixtures/make-random-key.py (Python 3.11, standard library only).
"""

M=(1<<64)-1; G=0x9e3779b97f4a7c15
def mix(z):
    z=((z^(z>>30))*0xbf58476d1ce4e5b9)&M; z=((z^(z>>27))*0x94d049bb133111eb)&M; return z^(z>>31)
NAME=0x6e616d652d6e616d; POS=0x706f736974696f6e; DRAW=0x647261772d647261; TIE=0x7469652d7469652d
root=lambda s: mix((s+G)&M)
def name(st,n):
    b=n.encode(); h=mix(st^NAME); full=len(b)//8
    for i in range(full): h=mix(((h^int.from_bytes(b[8*i:8*i+8],'little'))+G)&M)
    h=mix(((h^int.from_bytes(b[8*full:],'little'))+G)&M)
    return mix(((h^len(b))+G)&M)
def pos(st,p): return mix(((mix(st^POS)^(p&M))+G)&M)
seed=lambda st: mix(st^DRAW)
def gen(st):
    s=seed(st)
    while True:
        s=(s+G)&M; yield mix(s)
tie=lambda st,i: mix(((mix(st^TIE)^(i&M))+G)&M)
def perm(st,n):
    g=gen(st); o=list(range(n))
    for p in range(n):
        r=n-p
        m=next(g)*r
        if (m&M)<r:
            t=((1<<64)-r)%r
            while (m&M)<t: m=next(g)*r
        j=p+(m>>64); o[p],o[j]=o[j],o[p]
    return o
import math
if __name__=='__main__':
    k=root(7); print('seed',hex(seed(k)))
    a=name(k,"augmentation"); print('name',hex(seed(a)))
    b=pos(a,-3); print('pos',hex(seed(b)))
    g=gen(b); print('draws',[hex(next(g)) for _ in range(3)])
    print('tie',hex(tie(k,12)))
    print('perm',perm(k,10))
    g=gen(k); u=[(next(g)>>11)*2.0**-53 for _ in range(2)]
    print('u',u[0],'normal',math.sqrt(-2*math.log(1-u[0]))*math.cos(2*math.pi*u[1]))
    g=gen(k); v=((next(g)>>12)+.5)*2.0**-52; print('gumbel',-math.log(-math.log(v)))
