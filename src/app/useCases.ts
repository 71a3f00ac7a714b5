import { bookConsultation } from './booking/bookConsultation';
import { bookElsewhere } from './booking/bookElsewhere';
import { cancelBooking } from './booking/cancelBooking';
import { cancelFalseBookings } from './booking/cancelFalseBookings';
import { changeVideoLink } from './booking/changeVideoLink';
import { confirmInterpreter } from './booking/confirmInterpreter';
import { correctBooking } from './booking/correctBooking';
import { findByPhone } from './booking/findByPhone';
import { followUp } from './booking/followUp';
import { followUpStarts } from './booking/followUpStarts';
import { giveBack, holdSlot, keepDraft, releaseHold, renewHold } from './booking/holdSlot';
import { keepBooking } from './booking/keepBooking';
import { moveBooking } from './booking/moveBooking';
import { moveBookings } from './booking/moveBookings';
import { moveTargets } from './booking/moveTargets';
import { printManageLink } from './booking/printManageLink';
import { recordAttendance } from './booking/recordAttendance';
import { recordOutcome } from './booking/recordOutcome';
import { restoreBooking } from './booking/restoreBooking';
import { sayLate } from './booking/sayLate';
import { searchBookings } from './booking/searchBookings';
import { undoMoves } from './booking/undoMoves';
import { setBusyCalendar } from './calendars/busyCalendars';
import { addFeed, removeFeed, renewFeed } from './calendars/changeFeeds';
import { readFeed } from './calendars/readFeed';
import { beginCase, changeCase, eraseCase, shareCase, unshareCase } from './cases/changeCases';
import { readCase, readCases } from './cases/readCases';
import type { AppDeps, CalendarDeps, WaitingDeps, WebhookDeps } from './deps';
import { changeAdvisor, removeAdvisor } from './desks/changeAdvisors';
import { changePartner, removePartner } from './desks/changePartners';
import { changeRooms } from './desks/changeRooms';
import { changeQuestions, changeTopic, changeTopicOrder, removeTopic } from './desks/changeTopics';
import { importAdvisors, importPartners, importQuestions, importReserves, importTopics } from './desks/importParts';
import { previewMail } from './desks/previewMail';
import { replayReserves } from './desks/replayReserves';
import { sendTrialMail } from './desks/sendTrialMail';
import { wordText } from './desks/wordText';
import { wordTexts } from './desks/wordTexts';
import { readFigures } from './figures/readFigures';
import { blockTime } from './hours/blockTime';
import { addAbsence, removeAbsence, replaceAbsence } from './hours/changeAbsences';
import { addException, removeException, replaceException } from './hours/changeExceptions';
import { importAbsences, importExceptions } from './hours/importHours';
import { previewHours } from './hours/previewHours';
import { readStatus } from './hours/readStatus';
import { replaceOpeningRules } from './hours/replaceOpeningRules';
import { restoreHours } from './hours/restoreHours';
import { sendInvitationAgain } from './notifications/sendInvitationAgain';
import { sendManageLink } from './notifications/sendManageLink';
import { acceptTime } from './plans/answerQuestion';
import { commitPlan } from './plans/commitPlan';
import { endAbsence } from './plans/endAbsence';
import { proposePlan } from './plans/proposePlan';
import { undoPlan } from './plans/undoPlan';
import type { ShowMail } from './ports/mailWriter';
import { addWalkIn } from './queue/addWalkIn';
import { readQueue, readScreen, readTicket } from './queue/readQueue';
import { callNext, stepInQueue } from './queue/stepInQueue';
import { eraseBooking } from './retention/eraseBooking';
import { explainSlots } from './slots/explainSlots';
import { findSlots } from './slots/findSlots';
import { findFirstFree } from './slots/firstFree';
import { finishTask } from './staff/finishTask';
import { acceptOffer, passOffer } from './waiting/answerOffer';
import { bookForWaiter } from './waiting/bookForWaiter';
import { joinWaitingList } from './waiting/joinWaitingList';
import { forgetWaiting, leaveList, putBackOnList, stayOnList, takeOffList } from './waiting/leaveList';
import { offerByStaff, readWaitingList } from './waiting/readWaitingList';
import { startsForWaiter } from './waiting/startsForWaiter';
import {
  addWebhook,
  changeWebhook,
  removeWebhook,
  rotateWebhook,
  sendAgain,
  testWebhook,
} from './webhooks/changeWebhooks';

/** Makes the use cases of the program. Pages and API call the same ones. */
export function useCases(deps: AppDeps & WaitingDeps & { readonly showMail: ShowMail }) {
  const searching = findSlots(deps);
  const firstFreeAt = findFirstFree(deps);
  return {
    findSlots: searching,
    findByPhone: findByPhone(deps),
    confirmInterpreter: confirmInterpreter(deps),
    correctBooking: correctBooking(deps),
    sayLate: sayLate(deps),
    eraseBooking: eraseBooking(deps),
    explainSlots: explainSlots(deps),
    findFirstFree: firstFreeAt,
    readStatus: readStatus(deps, firstFreeAt),
    previewHours: previewHours(deps),
    holdSlot: holdSlot({ ...deps, findSlots: searching }),
    renewHold: renewHold(deps),
    releaseHold: releaseHold(deps),
    keepDraft: keepDraft(deps),
    giveBack: giveBack(deps),
    bookConsultation: bookConsultation(deps),
    moveBooking: moveBooking(deps),
    moveBookings: moveBookings(deps),
    undoMoves: undoMoves(deps),
    moveTargets: moveTargets(deps),
    cancelBooking: cancelBooking(deps),
    cancelFalseBookings: cancelFalseBookings(deps),
    restoreBooking: restoreBooking(deps),
    recordAttendance: recordAttendance(deps),
    recordOutcome: recordOutcome(deps),
    followUp: followUp(deps),
    bookElsewhere: bookElsewhere(deps),
    followUpStarts: followUpStarts(deps, { findSlots: searching }),
    changeVideoLink: changeVideoLink(deps),
    printManageLink: printManageLink(deps),
    searchBookings: searchBookings(deps),
    sendManageLink: sendManageLink(deps),
    sendInvitationAgain: sendInvitationAgain(deps),
    keepBooking: keepBooking(deps),
    finishTask: finishTask(deps),
    readFigures: readFigures(deps),
    addException: addException(deps),
    replaceException: replaceException(deps),
    removeException: removeException(deps),
    replaceOpeningRules: replaceOpeningRules(deps),
    wordText: wordText(deps),
    wordTexts: wordTexts(deps),
    restoreHours: restoreHours(deps),
    previewMail: previewMail(deps),
    changeTopic: changeTopic(deps),
    changeTopicOrder: changeTopicOrder(deps),
    removeTopic: removeTopic(deps),
    changeQuestions: changeQuestions(deps),
    changePartner: changePartner(deps),
    removePartner: removePartner(deps),
    changeAdvisor: changeAdvisor(deps),
    removeAdvisor: removeAdvisor(deps),
    changeRooms: changeRooms(deps),
    importTopics: importTopics(deps),
    importQuestions: importQuestions(deps),
    importExceptions: importExceptions(deps),
    importAbsences: importAbsences(deps),
    importPartners: importPartners(deps),
    importAdvisors: importAdvisors(deps),
    importReserves: importReserves(deps),
    replayReserves: replayReserves(deps),
    sendTrialMail: sendTrialMail(deps),
    addAbsence: addAbsence(deps),
    replaceAbsence: replaceAbsence(deps),
    removeAbsence: removeAbsence(deps),
    blockTime: blockTime(deps),
    proposePlan: proposePlan(deps),
    commitPlan: commitPlan(deps),
    undoPlan: undoPlan(deps),
    endAbsence: endAbsence(deps),
    acceptTime: acceptTime(deps),
    readQueue: readQueue(deps),
    addWalkIn: addWalkIn(deps),
    stepInQueue: stepInQueue(deps),
    callNext: callNext(deps),
    readTicket: readTicket(deps),
    readScreen: readScreen(deps),
    joinWaitingList: joinWaitingList(deps),
    acceptOffer: acceptOffer(deps),
    passOffer: passOffer(deps),
    leaveList: leaveList(deps),
    stayOnList: stayOnList(deps),
    forgetWaiting: forgetWaiting(deps),
    readWaitingList: readWaitingList(deps),
    offerByStaff: offerByStaff(deps),
    bookForWaiter: bookForWaiter(deps),
    takeOffList: takeOffList(deps),
    putBackOnList: putBackOnList(deps),
    startsForWaiter: startsForWaiter(deps),
    readCases: readCases(deps),
    readCase: readCase(deps),
    beginCase: beginCase(deps),
    changeCase: changeCase(deps),
    shareCase: shareCase(deps),
    unshareCase: unshareCase(deps),
    eraseCase: eraseCase(deps),
  };
}

/** Makes the use cases of webhooks, which also need what sends to other programs. */
export function webhookCases(deps: AppDeps & WebhookDeps) {
  return {
    addWebhook: addWebhook(deps),
    changeWebhook: changeWebhook(deps),
    removeWebhook: removeWebhook(deps),
    rotateWebhook: rotateWebhook(deps),
    testWebhook: testWebhook(deps),
    sendAgain: sendAgain(deps),
  };
}

/** Makes the use cases of the calendars of staff, which also need what reads those of others. */
export function calendarCases(deps: AppDeps & CalendarDeps) {
  return {
    addFeed: addFeed(deps),
    renewFeed: renewFeed(deps),
    removeFeed: removeFeed(deps),
    readFeed: readFeed(deps),
    setBusyCalendar: setBusyCalendar(deps),
  };
}

/** The use cases by name. */
export type App = ReturnType<typeof useCases> & ReturnType<typeof webhookCases> & ReturnType<typeof calendarCases>;
