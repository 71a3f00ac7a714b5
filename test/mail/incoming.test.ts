import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readIncoming } from '../../src/mail/incoming';
import { foreign } from '../support/foreign';
import { aBounce, aPersonsMail, aReply } from '../support/incoming';

type Expected = Readonly<
  Record<string, readonly (readonly [status: string, reply: string, reason: string, hard: number])[]>
>;

const REPLIES = foreign('replies');
const BOUNCES = foreign('bounces');

(REPLIES ? describe : describe.skip)('The replies that Thunderbird and Evolution wrote', () => {
  const files = REPLIES ? readdirSync(REPLIES).filter((file) => file.endsWith('.eml')) : [];

  it.each(files)('%s is read', async (file) => {
    const raw = readFileSync(join(REPLIES ?? '', file));
    const partstat = /PARTSTAT=(?:3D)?(ACCEPTED|DECLINED|TENTATIVE)/.exec(raw.toString().replace(/=\r?\n/g, ''))?.[1];
    const uid = /^UID:(\S+)/m.exec(raw.toString())?.[1];
    const sequence = Number(/^SEQUENCE:(\d+)/m.exec(raw.toString())?.[1]);
    const mail = await readIncoming(raw);
    expect(mail).toMatchObject({ kind: 'reply', reply: { uid, partstat, sequence, attendee: mail.from } });
    expect(mail.from).toMatch(/^c00\d@client\.example$/);
  });
});

(BOUNCES ? describe : describe.skip)('The reports that real servers wrote', () => {
  it('are read right in 95 of 100 cases, and no address is called wrong that is not', async () => {
    const expected: Expected = JSON.parse(readFileSync(join(BOUNCES ?? '', 'expected.json'), 'utf8'));
    let [right, ofClass, reports] = [0, 0, 0];
    const falselyHard: string[] = [];
    for (const [name, wanted] of Object.entries(expected)) {
      const mail = await readIncoming(readFileSync(join(BOUNCES ?? '', `${name}.eml`)));
      const bounces = mail.kind === 'bounce' ? mail.bounces : [];
      if (wanted[0]?.[2] === 'vacation') {
        expect([name, mail.kind]).toEqual([name, 'automatic']);
        continue;
      }
      reports++;
      const [hard, found] = [wanted.map((each) => each[3] === 1), bounces.map((each) => each.hard)];
      if (String([...hard].sort()) === String([...found].sort())) right++;
      if (wanted[0]?.[0][0] === bounces[0]?.status[0]) ofClass++;
      if (!hard.includes(true) && found.includes(true)) falselyHard.push(name);
    }
    expect(falselyHard).toEqual([]);
    expect(right / reports).toBeGreaterThanOrEqual(0.95);
    expect(ofClass / reports).toBeGreaterThanOrEqual(0.95);
  });
});

describe('A mail that came', () => {
  const read = (raw: string) => readIncoming(Buffer.from(raw));
  const id = '<3b241101-e2bb-4255-8caf-4136c566a962.0.booked@desk.example>';

  it('is a report if a server says that it could not deliver one of ours', async () => {
    const raw = aBounce({ messageId: id, to: 'kim@client.example', status: '5.1.1', says: 'User unknown' });
    expect(await read(raw)).toMatchObject({
      kind: 'bounce',
      about: [id],
      bounces: [
        { recipient: 'kim@client.example', action: 'failed', hard: true, status: '5.1.1', reason: 'address_unknown' },
      ],
    });
  });

  it('is found by the id of the envelope, if the report returns nothing of the mail', async () => {
    const raw = aBounce({ messageId: '<a@b.example>', to: 'kim@client.example', status: '5.1.1', says: 'unknown' });
    const named = raw.replace('Reporting-MTA:', `Original-Envelope-Id: ${id.slice(1, -1)}\r\nReporting-MTA:`);
    expect((await read(named)).about).toEqual([id]);
  });

  it('is none that failed if the server only tells that it delivered it', async () => {
    const raw = aBounce({ messageId: id, to: 'kim@client.example', status: '2.0.0', says: 'ok' });
    expect((await read(raw.replace('Action: failed', 'Action: delivered'))).kind).toBe('automatic');
  });

  it('is a mail of a person, who may quote a report or an invitation', async () => {
    expect(await read(aPersonsMail({ from: 'Kim@Client.example', inReplyTo: id }))).toMatchObject({
      kind: 'person',
      from: 'kim@client.example',
      about: [id],
    });
    const request = aReply({ uid: 'x', attendee: 'kim@client.example', partstat: 'NEEDS-ACTION' });
    expect((await read(request.replaceAll('REPLY', 'REQUEST'))).kind).toBe('person');
  });

  it('is automatic if it says so itself', async () => {
    const note = aPersonsMail({ from: 'kim@client.example', inReplyTo: id });
    expect((await read(`Auto-Submitted: auto-replied\r\n${note}`)).kind).toBe('automatic');
    expect((await read(`List-Id: <news.example>\r\n${note}`)).kind).toBe('automatic');
  });

  it.each([
    [
      'broken lines and no end',
      'Content-Type: multipart/report; boundary="b"\r\n\r\n--b\r\nContent-Type: text/calendar\r\n\r\nMETHOD:REPLY\r\nBEGIN:VEVENT\r\nUID:',
    ],
    [
      'a million brackets',
      `Subject: delivery failure\r\nFrom: MAILER-DAEMON@x.example\r\n\r\n${'<a@'.repeat(300_000)}`,
    ],
    ['nothing', ''],
    ['NULs', '\0'.repeat(10_000)],
  ])('is read in little time, whatever it is: %s', async (_, raw) => {
    const begun = performance.now();
    await read(raw);
    expect(performance.now() - begun).toBeLessThan(2_000);
  });
});
