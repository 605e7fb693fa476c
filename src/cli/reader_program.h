#ifndef CLI_READER_PROGRAM_H
#define CLI_READER_PROGRAM_H

/* Tell the room that reads documents where review-extract and review-witness are: beside this program, or
 * where they were installed to.  Nowhere else: what reads documents decides what is seen in them. */
void use_reader_programs(void);

/* From now on pictures are read too, by review-ocr: for a person, never for a record. */
void use_picture_reader(void);

/* The program called `name`: beside this one, as it is built, or where it is installed; owned by the caller. */
char *find_program(const char *name);

#endif
