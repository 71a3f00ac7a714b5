import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A server on this machine with one calendar. The caller closes it. */
export async function aCalendarServer() {
  const asked: IncomingHttpHeaders[] = [];
  let answer: (res: ServerResponse) => unknown = (res) => void res.writeHead(404).end();
  const server = createServer((req, res) => {
    asked.push(req.headers);
    answer(res);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  const answers = (how: typeof answer) => {
    answer = how;
  };
  return {
    host: `127.0.0.1:${port}`,
    url: `http://127.0.0.1:${port}/me.ics`,
    /** The headers of each request. */
    asked,
    answers,
    gives: (text: string, headers: Record<string, string> = {}) =>
      answers((res) => void res.writeHead(200, headers).end(text)),
    close: () =>
      new Promise<void>((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

/** A calendar with an entry for each of these times in UTC, such as `20261201T080000Z/PT1H`, whose titles say it all. */
export function aCalendar(...times: string[]): string {
  const events = times.map((time, i) => {
    const [start, length] = time.split('/');
    return [`BEGIN:VEVENT`, `UID:e${i}`, 'SUMMARY:Zahnarzt', `DTSTART:${start}`, `DURATION:${length}`, 'END:VEVENT'];
  });
  return ['BEGIN:VCALENDAR', 'VERSION:2.0', ...events.flat(), 'END:VCALENDAR', ''].join('\r\n');
}
