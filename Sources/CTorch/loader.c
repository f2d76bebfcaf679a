int ct_stub(void){return 1;}
