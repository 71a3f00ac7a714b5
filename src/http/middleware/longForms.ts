import express, { type RequestHandler } from 'express';

/** As much CSV as the API takes, where each of its letters may be written as three or more. */
const MAX_LONG_FORM = '4mb';
const readLongForm = express.urlencoded({ extended: false, limit: MAX_LONG_FORM });

/** Reads a form with a whole list in it. Only somebody who is signed in may send so much; it goes after `identify`. */
export const longForms: RequestHandler = (req, res, next) => (res.locals.staff ? readLongForm(req, res, next) : next());
