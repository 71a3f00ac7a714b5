const { TestEnvironment } = require('jest-environment-node');

/**
 * Runs a test file, and the programs that it starts, as if the machine stood in the time zone that
 * `testEnvironmentOptions` names.
 */
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
