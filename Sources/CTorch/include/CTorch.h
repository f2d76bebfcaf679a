int ct_stub(void);
