/** The part of `paths` about cases. */
export const casePages = {
  staffCases: '/staff/:desk/cases',
  staffNewCase: '/staff/:desk/new-case',
  staffCase: '/staff/:desk/cases/:id',
  staffCaseStrategy: '/staff/:desk/cases/:id/strategy',
  staffCaseData: '/staff/:desk/cases/:id/case.json',
  staffCaseErasure: '/staff/:desk/cases/:id/erasure',
} as const;

/** The part of `apiPaths` about cases. */
export const caseOperationPaths = {
  staffCases: '/staff/desks/{desk}/cases',
  staffCase: '/staff/desks/{desk}/cases/{id}',
  staffCaseData: '/staff/desks/{desk}/cases/{id}/data',
  staffCaseAdvisors: '/staff/desks/{desk}/cases/{id}/advisors',
  staffCaseAdvisor: '/staff/desks/{desk}/cases/{id}/advisors/{advisor}',
} as const;

/** The part of `paths` about the embedded mailbox, for those who develop the program. */
export const mailboxPages = {
  mailbox: '/dev/mailbox',
  mail: '/dev/mailbox/:id',
  mailHtml: '/dev/mailbox/:id/html',
  mailMessage: '/dev/mailbox/:id/message.eml',
  mailInvite: '/dev/mailbox/:id/invite.ics',
} as const;
