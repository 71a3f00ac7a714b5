import type { Desk } from '../../../domain/desk';
import type { HttpDeps } from '../../deps';
import type { Page } from '../../wiring';
import { signedIn } from '../desk';
import { bodyOf, queryOf } from '../forms';
import { casesView } from './view';

/** Longer than any name. */
const MAX_SEARCH_LENGTH = 100;

/** The cases of whoever is signed in. A name that is looked for is sent as a form, so that it stands in no address. */
export function casesPage({ app }: Pick<HttpDeps, 'app'>): Page<Desk> {
  const show: NonNullable<Page<Desk>['get']> = async (desk, req, res) => {
    const typed = (bodyOf(req).q ?? '').slice(0, MAX_SEARCH_LENGTH);
    const { cases } = await app.readCases({ who: signedIn(res), deskId: desk.id, text: typed || undefined });
    res.render('pages/staff/cases', casesView({ desk, cases, typed, done: queryOf(req).done }, res.locals));
  };
  return { get: show, post: show };
}
