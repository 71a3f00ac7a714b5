/** A reply as Evolution writes it. */
export function aReply({
  uid,
  attendee,
  partstat,
  sequence = 0,
  stamp = '20261124T100000Z',
  method = 'REPLY',
}: {
  readonly uid: string;
  readonly attendee: string;
  readonly partstat: string;
  readonly sequence?: number;
  readonly stamp?: string;
  readonly method?: 'REPLY' | 'COUNTER';
}): string {
  return lines(
    `Message-ID: <${uid}-${stamp}-${partstat}@client.example>`,
    `From: Kim Probe <${attendee}>`,
    'To: Expat Service Desk <desk@desk.example>',
    `Subject: ${partstat}: Consultation`,
    'Date: Tue, 24 Nov 2026 11:00:00 +0100',
    'MIME-Version: 1.0',
    `Content-Type: text/calendar; charset=utf-8; method=${method}`,
    '',
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    `METHOD:${method}`,
    'BEGIN:VEVENT',
    `UID:${uid}`,
    `SEQUENCE:${sequence}`,
    `DTSTAMP:${stamp}`,
    `ATTENDEE;ROLE=REQ-PARTICIPANT;CN=Kim Probe;PARTSTAT=${partstat}:`,
    ` mailto:${attendee}`,
    'END:VEVENT',
    'END:VCALENDAR',
  );
}

/** A report as Postfix writes it (RFC 3464). */
export function aBounce({
  messageId,
  to,
  status,
  says,
}: {
  readonly messageId: string;
  readonly to: string;
  readonly status: string;
  readonly says: string;
}): string {
  return lines(
    'From: MAILER-DAEMON@mail.example (Mail Delivery System)',
    'Subject: Undelivered Mail Returned to Sender',
    'To: desk@desk.example',
    'Auto-Submitted: auto-replied',
    'MIME-Version: 1.0',
    'Content-Type: multipart/report; report-type=delivery-status; boundary="b"',
    '',
    '--b',
    'Content-Type: text/plain',
    '',
    `<${to}>: host mx.client.example said: 550 ${status} ${says} (in reply to RCPT TO command)`,
    '--b',
    'Content-Type: message/delivery-status',
    '',
    'Reporting-MTA: dns; mail.example',
    '',
    `Final-Recipient: rfc822; ${to}`,
    'Action: failed',
    `Status: ${status}`,
    `Diagnostic-Code: smtp; 550 ${status} ${says}`,
    '--b',
    'Content-Type: text/rfc822-headers',
    '',
    `Message-ID: ${messageId}`,
    `To: ${to}`,
    '--b--',
  );
}

/** A mail that somebody wrote. */
export function aPersonsMail({ from, inReplyTo }: { readonly from: string; readonly inReplyTo?: string }): string {
  return lines(
    `From: Kim Probe <${from}>`,
    'To: desk@desk.example',
    'Subject: Re: your mail',
    `Message-ID: <${Math.random()}@client.example>`,
    ...(inReplyTo ? [`In-Reply-To: ${inReplyTo}`] : []),
    '',
    'May I bring my dog?',
  );
}

function lines(...all: readonly string[]): string {
  return `${all.join('\r\n')}\r\n`;
}
