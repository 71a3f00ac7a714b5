// What a test of the `postgres` project opens, see `chosenKind`, is on the server that `globalSetup` has started.
if (process.env.TEST_POSTGRES_URL) process.env.TEST_DATABASE = 'postgres';
