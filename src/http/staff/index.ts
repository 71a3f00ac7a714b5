import { type ErrorRequestHandler, type Request, Router } from 'express';
import { paths, url } from '../../paths';
import type { HttpDeps } from '../deps';
import { notFound } from '../errors';
import { refuseMethod } from '../methods';
import { requireCsrfToken } from '../middleware/csrf';
import { noStore } from '../middleware/securityHeaders';
import { requireStaff } from '../middleware/staff';
import { staffStart } from '../pages/staffStart';
import { at, leadOn } from '../wiring';
import { absencePage, absenceToChange } from './absence/page';
import { absencesPage } from './absences/page';
import { advisorPage, advisorToKeep } from './advisor/page';
import { advisorsPage } from './advisors/page';
import { ATTENDANCE_BUTTONS, attendancePage } from './booking/attendance/page';
import { cancelPage } from './booking/cancel/page';
import { elsewherePage } from './booking/elsewhere/page';
import { exchangePage } from './booking/exchange/page';
import { falseBookingsPage } from './booking/falseBookings/page';
import { followUpPage } from './booking/followUp/page';
import { interpreterPage } from './booking/interpreter/page';
import { movePage } from './booking/move/page';
import { outcomePage } from './booking/outcome/page';
import { overviewPage } from './booking/overview/page';
import { bookingToSendAgain, sendAgainPage } from './booking/sendAgain/page';
import { slipPage, slipWithLinkPage } from './booking/slip/page';
import { stepsPage } from './booking/steps/page';
import { targetsPage } from './booking/targets/page';
import { undoMovePage } from './booking/undoMove/page';
import { videoLinkPage, videoLinkToChange } from './booking/videoLink/page';
import { calendarsPage } from './calendars/page';
import { casePage } from './case/page';
import { caseDataFile } from './caseData/page';
import { caseErasurePage } from './caseErasure/page';
import { caseToRead, deskWithCases } from './caseGuard';
import { caseStrategyPage } from './caseStrategy/page';
import { casesPage } from './cases/page';
import { changeHoursPage } from './changeHours/page';
import { copyHoursPage } from './copyHours/page';
import { csvFile } from './csvFile/page';
import { listToKeep } from './csvLists';
import { dayPage } from './day/page';
import {
  bookingToChange,
  bookingToSee,
  deskToKeep,
  deskToSee,
  deskWithFigures,
  deskWithHours,
  deskWithTexts,
  deskWithWebhooks,
  enterDesk,
  falseBookingToSee,
  ownAdvisor,
  signedIn,
  webhookToKeep,
  whoIsSignedIn,
} from './desk';
import { figuresPage } from './figures/page';
import { figuresFile } from './figuresFile/page';
import { sendFragments } from './fragment';
import { entryAtDesk } from './hours/entryGuard';
import { hoursPage } from './hours/page';
import { hoursCalendarPage } from './hoursCalendar/page';
import { hoursVersionsPage } from './hoursVersions/page';
import { importCsvPage } from './importCsv/page';
import { live } from './live';
import { myAbsencePage } from './myAbsence/page';
import { myDayPage } from './myDay/page';
import { myDayPrint, myNextDayFile } from './myDayPaper/page';
import { newBookingPage } from './newBooking/page';
import { caseToBegin, newCasePage } from './newCase/page';
import { newPlanPage } from './newPlan/page';
import { palettePage } from './palette/page';
import { partnerPage, partnerToKeep } from './partner/page';
import { partnersPage } from './partners/page';
import { deskToPlan, planPage, planToSee } from './plan/page';
import { questionPage } from './question/page';
import { queuePage } from './queue/page';
import { reservesPage } from './reserves/page';
import { restoreHoursPage, versionToRestore } from './restoreHours/page';
import { rulePage } from './rule/page';
import { searchPage } from './search/page';
import { signInPage, signOutPage } from './signIn/page';
import { tasksPage } from './tasks/page';
import { textToWord } from './text/guard';
import { textPage } from './text/page';
import { textMailPage } from './textMail/page';
import { textsPage } from './texts/page';
import { topicPage } from './topic/page';
import { questionToKeep, topicToKeep } from './topicGuard';
import { topicsPage } from './topics/page';
import { deskToServe, waitingListPage } from './waitingList/page';
import { webhookPage } from './webhook/page';
import { webhooksPage } from './webhooks/page';
import { withdrawHoursPage } from './withdrawHours/page';
import { withdrawWebhookPage } from './withdrawWebhook/page';

/**
 * The pages for staff. Browsers may not store any of them. All but sign-in require a session, and accept a form only
 * with that session's token; both are checked here, once, before the pages. What the person may do is checked by the
 * guard of each page and by the use cases.
 */
export function staffRoutes(deps: HttpDeps): Router {
  const router = Router();
  router.use(paths.staff, noStore, sendFragments);
  const signIn = at(paths.signIn, (_req, res) => res.locals.staff, signInPage(deps));
  router.use(signIn);
  router.use(
    paths.staff,
    refuseMethod(() => signIn, paths.staff),
  );
  router.use(
    paths.staff,
    requireStaff,
    refuseMethod(() => router, paths.staff),
    requireCsrfToken,
  );

  router.use(at(paths.signOut, whoIsSignedIn, signOutPage(deps)));
  router.use(leadOn(paths.staff, (_req, res) => staffStart(signedIn(res), signedIn(res).deskId)));
  router.use(at(paths.staffDay, live(deps, deskToSee(deps, 'day')), dayPage(deps)));
  router.use(at(paths.staffMyDay, live(deps, ownAdvisor(deps)), myDayPage(deps)));
  router.use(at(paths.staffMyDayPrint, ownAdvisor(deps), myDayPrint(deps)));
  router.use(at(paths.staffMyNextDay, ownAdvisor(deps), myNextDayFile(deps)));
  router.use(at(paths.staffMyAbsence, ownAdvisor(deps), myAbsencePage(deps)));
  router.use(at(paths.staffBookings, deskToSee(deps, 'bookings'), searchPage(deps)));
  router.use(at(paths.staffFind, deskToSee(deps, 'bookings'), palettePage(deps)));
  router.use(at(paths.staffNewBooking, deskToSee(deps, 'new'), newBookingPage(deps)));
  router.use(at(paths.staffTasks, live(deps, deskToSee(deps, 'tasks')), tasksPage(deps)));
  router.use(at(paths.staffQueue, live(deps, deskToSee(deps, 'queue')), queuePage(deps)));
  router.use(at(paths.staffWaitingList, live(deps, deskToServe(deps)), waitingListPage(deps)));
  router.use(at(paths.staffCases, deskWithCases(deps), casesPage(deps)));
  router.use(at(paths.staffNewCase, caseToBegin(deps), newCasePage(deps)));
  router.use(at(paths.staffCase, caseToRead(deps), casePage(deps)));
  router.use(at(paths.staffCaseStrategy, caseToRead(deps, 'case_printed'), caseStrategyPage(deps)));
  router.use(at(paths.staffCaseData, caseToRead(deps, 'case_exported'), caseDataFile(deps)));
  router.use(at(paths.staffCaseErasure, caseToRead(deps), caseErasurePage(deps)));
  router.use(at(paths.staffHours, deskWithHours(deps), hoursPage(deps)));
  router.use(at(paths.staffRule, deskWithHours(deps), rulePage(deps)));
  router.use(at(paths.staffCopyHours, deskWithHours(deps), copyHoursPage(deps)));
  router.use(at(paths.staffHoursCalendar, deskWithHours(deps), hoursCalendarPage(deps)));
  router.use(at(paths.staffHoursVersions, deskWithHours(deps), hoursVersionsPage(deps)));
  router.use(at(paths.staffHoursVersion, versionToRestore(deps), restoreHoursPage(deps)));
  router.use(at(paths.staffHoursEntry, entryAtDesk(deps), withdrawHoursPage(deps)));
  router.use(at(paths.staffChangeHours, entryAtDesk(deps), changeHoursPage(deps)));
  router.use(at(paths.staffTexts, deskWithTexts(deps), textsPage(deps)));
  router.use(at(paths.staffText, textToWord(deps), textPage(deps)));
  router.use(at(paths.staffTextMail, textToWord(deps), textMailPage(deps)));
  router.use(at(paths.staffCsvFile, listToKeep(deps), csvFile(deps)));
  router.use(at(paths.staffImportCsv, listToKeep(deps), importCsvPage(deps)));
  router.use(at(paths.staffWebhooks, deskWithWebhooks(deps), webhooksPage(deps)));
  router.use(at(paths.staffWebhook, webhookToKeep(deps), webhookPage(deps)));
  router.use(at(paths.staffWebhookWithdrawal, webhookToKeep(deps), withdrawWebhookPage(deps)));
  router.use(at(paths.staffCalendars, deskToSee(deps, 'calendars'), calendarsPage(deps)));
  router.use(at(paths.staffFigures, deskWithFigures(deps), figuresPage(deps)));
  router.use(at(paths.staffFiguresFile, deskWithFigures(deps), figuresFile(deps)));
  router.use(at(paths.staffTopics, deskToKeep(deps, 'topics'), topicsPage(deps)));
  router.use(at(paths.staffNewTopic, topicToKeep(deps), topicPage(deps)));
  router.use(at(paths.staffTopic, topicToKeep(deps), topicPage(deps)));
  router.use(at(paths.staffNewQuestion, questionToKeep(deps), questionPage(deps)));
  router.use(at(paths.staffQuestion, questionToKeep(deps), questionPage(deps)));
  router.use(at(paths.staffPartners, deskToKeep(deps, 'partners'), partnersPage(deps)));
  router.use(at(paths.staffNewPartner, partnerToKeep(deps), partnerPage(deps)));
  router.use(at(paths.staffPartner, partnerToKeep(deps), partnerPage(deps)));
  router.use(at(paths.staffAdvisors, deskToKeep(deps, 'advisors'), advisorsPage(deps)));
  router.use(at(paths.staffNewAdvisor, advisorToKeep(deps), advisorPage(deps)));
  router.use(at(paths.staffAdvisor, advisorToKeep(deps), advisorPage(deps)));
  router.use(at(paths.staffReserves, deskToKeep(deps, 'reserves'), reservesPage(deps)));
  router.use(at(paths.staffAbsences, deskToSee(deps, 'plans'), absencesPage(deps)));
  router.use(at(paths.staffAbsence, absenceToChange(deps), absencePage(deps)));
  router.use(at(paths.staffPlans, deskToPlan(deps), newPlanPage(deps)));
  router.use(at(paths.staffPlan, planToSee(deps), planPage(deps)));
  router.use(at(paths.staffBooking, live(deps, bookingToSee(deps)), overviewPage(deps)));
  router.use(at(paths.staffSlip, bookingToSee(deps), slipPage(deps)));
  router.use(at(paths.staffSlip, bookingToChange(deps), slipWithLinkPage(deps)));
  router.use(at(paths.staffOutcome, bookingToChange(deps), outcomePage(deps)));
  router.use(at(paths.staffSteps, bookingToSee(deps), stepsPage(deps)));
  router.use(at(paths.staffFollowUp, bookingToChange(deps), followUpPage(deps)));
  router.use(at(paths.staffElsewhere, bookingToChange(deps), elsewherePage(deps)));
  router.use(at(paths.staffMove, bookingToChange(deps), movePage(deps)));
  router.use(at(paths.staffTargets, bookingToChange(deps), targetsPage(deps)));
  router.use(at(paths.staffUndoMove, bookingToChange(deps), undoMovePage(deps)));
  router.use(leadOn(paths.staffUndoMove, toBooking));
  router.use(at(paths.staffExchange, bookingToChange(deps), exchangePage(deps)));
  router.use(at(paths.staffCancel, bookingToChange(deps), cancelPage(deps)));
  router.use(at(paths.staffFalseBookings, falseBookingToSee(deps), falseBookingsPage(deps)));
  router.use(at(paths.staffInterpreter, bookingToChange(deps), interpreterPage(deps)));
  router.use(leadOn(paths.staffInterpreter, toBooking));
  router.use(at(paths.staffSendAgain, bookingToSendAgain(deps), sendAgainPage(deps)));
  router.use(at(paths.staffVideoLink, videoLinkToChange(deps), videoLinkPage(deps)));
  for (const button of ATTENDANCE_BUTTONS) {
    router.use(at(button.path, bookingToChange(deps), attendancePage(deps, button)));
    router.use(leadOn(button.path, toBooking));
  }

  router.use(paths.staff, notFound);
  router.use(refusalInFrame(deps));
  return router;
}

/**
 * Adds the navigation to the page of a refusal: that of the person's own desk, if the request had not entered another.
 */
function refusalInFrame(deps: HttpDeps): ErrorRequestHandler {
  return async (error, _req, res, next) => {
    const { staff } = res.locals;
    if (staff && !res.headersSent && !('nav' in res.locals)) await enterDesk(deps, res, staff.deskId);
    next(error);
  };
}

/** Returns the page of the booking on which a button stands. */
function toBooking({ params }: Request): string {
  return url(paths.staffBooking, { id: String(params.id) });
}
