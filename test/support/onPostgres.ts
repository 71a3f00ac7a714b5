// Makes the tests of the project `postgres` open databases on the server that `globalSetup` has started (see
// `chosenKind`).
if (process.env.TEST_POSTGRES_URL) process.env.TEST_DATABASE = 'postgres';
