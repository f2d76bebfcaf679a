extern "C" int ct_lib_stub(){return 1;}
