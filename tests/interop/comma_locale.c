/* The self-test of an export as C, in a program whose locale writes 2,5 for 2.5: EXPORT names the file.
 * Exit status 77: no such locale is installed. */
#include EXPORT

#include <stdio.h>

int main(void)
{
    char half[8];

    if (!setlocale(LC_ALL, "de_DE.UTF-8"))
        return 77;
    (void)snprintf(half, sizeof half, "%.1f", 2.5);
    return strcmp(half, "2,5") == 0 ? leadcal_self_test() : 77;
}
