// Preloaded into whatever runs tests: no socket is opened to a service of Microsoft, so a mistake in a setting cannot reach a tenant, nor ask the
// machine that runs the tests for the tokens of its own identity.
const { Socket } = require('node:net');

/** Graph, sign-in, storage and telemetry in every cloud, and the address at which a virtual machine gives tokens. */
const REAL =
  /(^|\.)(microsoft\.(com|us)|visualstudio\.com|microsoftonline\.(com|us)|windows\.net|usgovcloudapi\.net|chinacloudapi\.cn|azure\.(com|net|us|cn))\.?$|^169\.254\.169\.254$/i;

const { connect } = Socket.prototype;
// Without this mark a second preload would wrap the first.
if (connect.name !== 'connectUnlessReal') {
  Socket.prototype.connect = function connectUnlessReal(...args) {
    // `net.connect` hands over an array that it has put in order itself.
    const given = Array.isArray(args[0]) ? args[0][0] : args[0];
    const host = typeof given === 'object' && given !== null ? given.host : args[1];
    if (typeof host !== 'string' || !REAL.test(host)) return connect.apply(this, args);
    process.nextTick(() => this.destroy(new Error(`tests do not reach ${host}`)));
    return this;
  };
}
