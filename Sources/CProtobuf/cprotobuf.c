#include "cprotobuf.h"
