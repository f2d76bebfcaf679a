int ci_stub(void);
