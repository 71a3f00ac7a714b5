import { Router } from 'express';
import type { Mail, MailReader } from '../../app/ports/mailReader';
import { DomainError } from '../../domain/errors';
import { assetUrl, paths, url } from '../../paths';
import type { Translate } from '../../presentation/texts';
import { asksByOwnName, isFromHere } from '../fromHere';
import { sendMailHtml } from '../mailHtml';
import { readable } from './invite';

const styles = [assetUrl('mailbox.css')];

/**
 * Shows the mails that are kept in development instead of being sent, with their links. It is never mounted in
 * production, and answers only requests from this machine by one of its own names.
 */
export function mailboxRoutes({ mailbox, baseUrl }: { mailbox: MailReader; baseUrl: string }): Router {
  const router = Router();

  const find = async (id: string) => {
    const mail = await mailbox.find(id);
    if (!mail) throw new DomainError('not-found');
    return mail;
  };

  router.use(paths.mailbox, (req, res, next) => {
    if (!isFromHere(req) || !asksByOwnName(req, baseUrl)) throw new DomainError('not-found');
    res.setHeader('Cache-Control', 'no-store');
    next();
  });

  router.get(paths.mailbox, async (_req, res) => {
    res.render('pages/dev/mailbox', listView(await mailbox.list(), res.locals.t));
  });

  router.get(paths.mail, async (req, res) => {
    res.render('pages/dev/mail', mailView(await find(req.params.id), res.locals.t));
  });

  router.get(paths.mailHtml, async (req, res) => {
    const { html } = await find(req.params.id);
    sendMailHtml(res, html ?? '', { linksOpen: true });
  });

  router.get(paths.mailMessage, async (req, res) => {
    const raw = await mailbox.raw(req.params.id);
    if (!raw) throw new DomainError('not-found');
    res.attachment('message.eml').type('message/rfc822').send(raw);
  });

  router.get(paths.mailInvite, async (req, res) => {
    const { calendar } = await find(req.params.id);
    if (!calendar) throw new DomainError('not-found');
    res.attachment('invite.ics').type('text/calendar').send(calendar.content);
  });

  return router;
}

function listView(mails: readonly Mail[], t: Translate) {
  return {
    title: t('mailbox.title'),
    styles,
    mails: mails.map((mail) => ({
      href: url(paths.mail, { id: mail.id }),
      date: printedDate(mail),
      to: mail.to,
      subject: mail.subject,
      calendar: mail.calendar?.method ?? t('mailbox.noCalendar'),
    })),
  };
}

function mailView(mail: Mail, t: Translate) {
  const { id } = mail;
  return {
    title: mail.subject,
    styles,
    back: paths.mailbox,
    envelope: [
      { label: t('mailbox.from'), value: mail.from },
      { label: t('mailbox.to'), value: mail.to },
      { label: t('mailbox.date'), value: printedDate(mail) },
    ],
    headers: mail.headers,
    html: mail.html ? url(paths.mailHtml, { id }) : null,
    text: linked(mail.text),
    message: url(paths.mailMessage, { id }),
    calendar: mail.calendar && {
      rows: readable(mail.calendar.content).map(({ name, value }) => ({ label: t(`mailbox.${name}`), value })),
      raw: mail.calendar.content,
      href: url(paths.mailInvite, { id }),
    },
    attachments: mail.attachments.map(({ filename, type, content }) => ({ filename, type, bytes: content.length })),
  };
}

/** Splits the text into parts, so that the template can make its http(s) addresses links. */
function linked(text: string): { text: string; href: string | null }[] {
  return text
    .split(/(https?:\/\/[^\s<>"]+)/)
    .map((piece) => ({ text: piece, href: /^https?:\/\//.test(piece) ? piece : null }));
}

/** Formats the date in UTC, because the mails of all desks are listed together. */
function printedDate({ date }: Mail): string {
  return `${date.slice(0, 16).replace('T', ' ')} UTC`;
}
