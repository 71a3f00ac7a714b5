import type { HttpDeps } from '../../deps';
import { sendMailHtml } from '../../mailHtml';
import type { Page } from '../../wiring';
import { signedIn } from '../desk';
import { queryOf } from '../forms';
import { sealedWording } from '../sealedWording';
import type { TextAtDesk } from '../text/guard';
import { textLanguage } from '../textLanguage';

/** The HTML of the mail in which a text stands, for a frame of the text's page: as it is, or as it would be. */
export function textMailPage(deps: Pick<HttpDeps, 'app' | 'sealer'>): Page<TextAtDesk> {
  return {
    async get({ desk, wordable: { key } }, req, res) {
      const query = queryOf(req);
      const language = textLanguage(query, res.locals.locale);
      const wording = sealedWording(deps, { desk: desk.id, key, language }).open(query.of);
      const mail = await deps.app.previewMail({ who: signedIn(res), deskId: desk.id, key, language, wording });
      sendMailHtml(res, mail.html, { linksOpen: false });
    },
  };
}
