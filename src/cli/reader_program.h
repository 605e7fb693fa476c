#ifndef CLI_READER_PROGRAM_H
#define CLI_READER_PROGRAM_H

/* Tell the room that reads documents where review-extract is: beside this program, or where it was
 * installed to.  Nowhere else: what reads documents decides what is seen in them. */
void use_reader_program(void);

#endif
