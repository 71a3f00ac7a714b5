import type { Instant } from '../../../domain/calendar/interval';
import type { Desk } from '../../../domain/desk';
import { paths, url } from '../../../paths';
import type { Reader } from '../../../presentation/texts';
import type { Fields } from '../forms';
import { wordsOf } from '../words';
import type { AskedTopic } from './details/form';
import type { KnownSlotQuery } from './query';

/** A time that was chosen for a query, and everything that was typed. */
export interface Chosen {
  readonly desk: Desk;
  readonly query: KnownSlotQuery;
  readonly start: Instant;
  readonly fields: Fields;
}

/** Returns the topic and the mode, on which the questions of the form depend. */
export function askedOf({ desk, query }: Pick<Chosen, 'desk' | 'query'>): AskedTopic {
  const topic = desk.topics.find(({ id }) => id === query.topicId);
  if (!topic) throw new Error('a query for a topic that the desk does not know');
  return { topic, mode: query.mode };
}

/** Returns what has been chosen so far. */
export function chosenView({ desk, query, start }: Chosen, reader: Reader) {
  const words = wordsOf(desk, reader);
  const chosen = [words.topic(query.topicId), words.language(query.language), words.mode(query.mode)];
  if (query.advisorId) chosen.push(words.advisor(query.advisorId));
  if (query.urgent) chosen.push(reader.t('staff.field.urgent'));
  return {
    action: url(paths.staffNewBooking, { desk: desk.id }),
    when: `${words.time.date(start)}, ${words.time.time(start)}`,
    what: chosen,
  };
}
