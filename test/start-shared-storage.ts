// What Jest calls before the tests that share storage.
export { startSharedStorage as default } from './shared-storage';
