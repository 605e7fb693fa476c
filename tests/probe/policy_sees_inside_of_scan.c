#include "scan/match.h"
