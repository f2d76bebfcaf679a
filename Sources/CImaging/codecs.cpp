extern "C" int ci_stub(void){return 1;}
