// `openapi_document`: the document of the API on stdout, for the build of the pages.
#include <iostream>

#include "tools/server/api/openapi.h"

int main() { std::cout << trede::server::openapi_document({}); }
