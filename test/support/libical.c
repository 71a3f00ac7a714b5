/* Prints the occurrences of each VEVENT on standard input as libical expands them: start and end in epoch seconds, one a line. */
#include <libical/ical.h>
#include <stdio.h>
#include <stdlib.h>

static void print(icalcomponent *event, struct icaltime_span *span, void *data)
{
    (void)event;
    (void)data;
    printf("%ld %ld\n", (long)span->start, (long)span->end);
}

int main(void)
{
    size_t size = 1 << 20, length = 0;
    char *text = malloc(size);
    for (size_t got; (got = fread(text + length, 1, size - length - 1, stdin)) > 0; length += got)
        if (size - length - got < 2)
            text = realloc(text, size *= 2);
    text[length] = '\0';
    icalcomponent *calendar = icalparser_parse_string(text);
    if (!calendar)
        return 1;
    struct icaltimetype from = icaltime_from_string("20250101T000000Z");
    struct icaltimetype to = icaltime_from_string("20310101T000000Z");
    for (icalcomponent *event = icalcomponent_get_first_component(calendar, ICAL_VEVENT_COMPONENT); event;
         event = icalcomponent_get_next_component(calendar, ICAL_VEVENT_COMPONENT))
        icalcomponent_foreach_recurrence(event, from, to, print, NULL);
    return 0;
}
