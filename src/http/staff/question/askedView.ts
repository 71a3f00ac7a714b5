import type { Question } from '../../../domain/booking/questions';
import { direction } from '../../../presentation/direction';
import { languageName } from '../../../presentation/format';
import { CLIENT_LOCALES, type Reader, type Texts } from '../../../presentation/texts';
import { questionFields } from '../../pages/questionFields';

/** Returns a question as those are asked it whom it is for, for `partials/staff/askedCard`: in German and English, and in the others. */
export function askedView(
  question: Question,
  missing: Readonly<Record<string, number>>,
  texts: Texts,
  { t, locale }: Reader,
) {
  const cards = CLIENT_LOCALES.map((tag) => {
    const client = { locale: tag, t: texts.in('client', tag) };
    const lacks = missing[tag] ?? 0;
    return {
      ...{ tag, dir: direction(tag), language: languageName(locale, tag), reader: client },
      missing: lacks > 0 ? t('parts.topic.missing', { count: lacks }) : undefined,
      // One page has it in each language, so each has an id of its own.
      questions: questionFields([{ ...question, id: `${question.id}-${tag}` }], { typed: {}, wrong: [] }, client),
    };
  });
  const isHouse = ({ tag }: { tag: string }) => tag === 'de' || tag === 'en';
  const askedTitle = t(`parts.question.asSeenBy.${question.audience}`);
  return { askedTitle, asked: cards.filter(isHouse), askedInOthers: cards.filter((card) => !isHouse(card)) };
}
