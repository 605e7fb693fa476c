# The fold table, made from the Unicode Character Database and OpenCC's character list.
file(WRITE ${CMAKE_CURRENT_BINARY_DIR}/text/fold_table.c "extern int fold_table_pending;\nint fold_table_pending;\n")
