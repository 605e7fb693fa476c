#include "yaml/yaml.h"
