import { textEntry, type WordedText } from '../../../app/desks/wordText';
import type { Desk } from '../../../domain/desk';
import { DomainError } from '../../../domain/errors';
import { wordableText } from '../../../domain/wordableTexts';
import type { HttpDeps } from '../../deps';
import { Elsewhere, type Guard } from '../../wiring';
import { deskWithTexts } from '../desk';

/** A text that the page is about, with its desk. */
export interface TextAtDesk extends WordedText {
  readonly desk: Desk;
}

/** The guard of the pages about one text. @throws DomainError `not-found`, `forbidden` */
export function textToWord(deps: Pick<HttpDeps, 'storage'>): Guard<TextAtDesk> {
  const enter = deskWithTexts(deps);
  return async (req, res) => {
    const desk = await enter(req, res);
    if (desk instanceof Elsewhere) return desk;
    const wordable = wordableText(String(req.params.key));
    if (!wordable) throw new DomainError('not-found');
    return { desk, wordable, entry: await textEntry(deps.storage, desk.id, wordable.key) };
  };
}
