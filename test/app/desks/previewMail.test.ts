import { MAIL_TEXTS } from '../../../src/domain/notifications/mailTexts';
import { CLIENT_LOCALES } from '../../../src/presentation/texts';
import { type TestApp, testApp } from '../../support/app';
import { aDesk, anAdvisor, aReceptionist } from '../../support/builders';
import { refusal } from '../../support/refusal';

const manager = aReceptionist('Mana Leitung', { role: 'manager' });

let t: TestApp;
beforeAll(async () => {
  // The link of an advisor's own room must not stand in for the one that is said to be gone.
  t = await testApp({ desks: [aDesk({ advisors: [anAdvisor({ videoLink: 'https://video.example/own' })] })] });
});
afterAll(() => t.close());

const show = (key: string, language = 'de', wording?: string) =>
  t.app.previewMail({ who: manager, deskId: 'expat-desk', key, language, wording });

describe('The preview of a mail', () => {
  it.each(MAIL_TEXTS.map(({ key, placeholders }) => [key, placeholders] as const))(
    'has the text as it would be, in both parts: %s',
    async (key, placeholders) => {
      const needed = placeholders.map(({ name }) => `{{${name}}}`).join(' ');
      for (const language of CLIENT_LOCALES) {
        const { subject, html, text } = await show(key, language, `Wort & Satz ${needed}`);
        if (key.endsWith('.subject')) expect(subject).toContain('Wort & Satz');
        else {
          expect([language, text.includes('Wort & Satz')]).toEqual([language, true]);
          expect(html).toContain('Wort &amp; Satz');
        }
        for (const part of [subject, html, text]) expect(part).not.toMatch(/\{\{|undefined|null/);
      }
    },
  );

  it('is the mail of the desk as it is now, to nobody, and stores nothing', async () => {
    const before = await t.everything();
    const mail = await show('mail.moved.introAsked');
    expect(mail).toMatchObject({ kind: 'moved', language: 'de', to: { address: 'kim.probe@client.example' } });
    expect(mail.text).toContain('Die neue Zeit halten wir für Sie frei.');
    expect(mail.text).toContain('Aufenthaltsrecht');
    expect(await t.everything()).toEqual(before);
  });

  it('is refused for a broken placeholder, for an unknown text, and to whoever may not change it', async () => {
    await expect(show('mail.booked.subject', 'de', 'Am {{wann}}')).rejects.toThrow(refusal('invalid'));
    await expect(show('mail.secret')).rejects.toThrow(refusal('not-found'));
    const asked = { who: aReceptionist(), deskId: 'expat-desk', key: 'mail.greeting', language: 'de' };
    await expect(t.app.previewMail(asked)).rejects.toThrow(refusal('forbidden'));
  });
});
