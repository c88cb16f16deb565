// Preloaded into a host: names of Azure's services lead to servers of the test on this machine, as a private DNS would. Names and ports are in
// ROLLCALL_TEST_HOSTS, as JSON; certificates are checked under the names all the same.
const { Socket } = require('node:net');

const ports = JSON.parse(process.env.ROLLCALL_TEST_HOSTS ?? '{}');

const { connect } = Socket.prototype;
Socket.prototype.connect = function connectToOwn(...args) {
  // `net.connect` and `tls.connect` hand over an array, or an object, that they have put in order themselves.
  const given = Array.isArray(args[0]) ? args[0][0] : args[0];
  const port = typeof given === 'object' && given !== null ? ports[given.host] : undefined;
  if (port === undefined) return connect.apply(this, args);
  const own = { ...given, host: '127.0.0.1', port };
  return Array.isArray(args[0]) ? connect.call(this, own, args[0][1]) : connect.call(this, own, ...args.slice(1));
};
