// SPDX-License-Identifier: BSL-1.0
//
// Our headers must survive the macros that other people's headers leave behind. What we include from elsewhere comes first,
// because it is not ours to mend; then the macros; then every header of ours.
#include "foreign_headers.hpp"

// windows.h (min and max too, unless the host says NOMINMAX, which it has to for the standard library's sake)
#define near
#define far
#define small char
#define interface struct
#define IN
#define OUT
#define ERROR 0
#define DELETE 0x10000
#define OPTIONAL
// sys/sysmacros.h, sys/param.h, GNU dialects of C++
#undef major
#undef minor
#undef linux
#undef unix
#define major(dev) ((dev) >> 8)
#define minor(dev) ((dev) & 255)
#define linux 1
#define unix 1
// complex.h, curses.h, termios.h
#define I _Complex_I
#define OK 0
#define ERR (-1)
#define ECHO 8
// Qt, Objective-C and Apple's AssertMacros.h
#define emit
#define slots
#define signals public
#define foreach for
#define check(condition)
#define verify(condition)
#define require(condition, label)
#define nil 0
#define YES 1
#define NO 0
// X11
#define None 0
#define Bool int
#define Status int
#define Always 2
#define Success 0
// Arduino, old Unix
#define F(text) text
#define B1 1
#define PI 3.14
#define TRUE 1
#define FALSE 0

#include "all_headers.hpp"
