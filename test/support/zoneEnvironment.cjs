const { TestEnvironment } = require('jest-environment-node');

/** Runs a test file as if the process stood in the zone of `testEnvironmentOptions`, together with the programs that the file starts. */
module.exports = class extends TestEnvironment {
  constructor(config, context) {
    const { TZ } = process.env;
    // Node reads the zone again when TZ is set; the environment that `super` makes copies `process.env`.
    process.env.TZ = config.projectConfig.testEnvironmentOptions.processZone;
    super(config, context);
    this.zoneBefore = TZ;
  }

  async teardown() {
    await super.teardown();
    if (this.zoneBefore === undefined) delete process.env.TZ;
    else process.env.TZ = this.zoneBefore;
  }
};
