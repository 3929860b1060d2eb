// SPDX-License-Identifier: Apache-2.0
// Everything that remember.js has put into the browser, read back from it; equal when nothing has changed. args: whether to
// read the tabs, which a browser that joins later does not have.
const { Places, FormHistory } = firefox;
const tree = async node => ({
  guid: node.guid, type: node.type, title: node.title, uri: node.uri, tags: node.tags, keyword: node.keyword,
  children: await Promise.all((node.children || []).map(tree)),
});
const roots = ["toolbarGuid", "menuGuid", "unfiledGuid", "mobileGuid"];
const history = await Places.withConnectionWrapper("recall", async db => (await db.execute(
  "SELECT h.guid, h.url, h.title, v.visit_date, v.visit_type FROM moz_places h JOIN moz_historyvisits v ON v.place_id = h.id ORDER BY h.url, v.visit_date",
)).map(row => [0, 1, 2, 3, 4].map(column => row.getResultByIndex(column))));
const logins = (await Services.logins.getAllLogins()).map(login => login.QueryInterface(Ci.nsILoginMetaInfo));
const recalled = {
  bookmarks: await Promise.all(roots.map(async root => tree(await Places.promiseBookmarksTree(Places.bookmarks[root])))),
  // What Firefox itself has opened, such as its pages, is none of ours.
  history: history.filter(visit => visit[1].startsWith("https://yarn.example/")),
  // Nor is the login in which it keeps its own account.
  logins: logins.filter(l => l.origin != "chrome://FirefoxAccounts").map(l => [l.guid, l.origin, l.formActionOrigin, l.httpRealm, l.username, l.password, l.usernameField, l.passwordField, l.timeCreated, l.timePasswordChanged])
    .sort((a, b) => (a[1] < b[1] ? -1 : 1)),
  forms: (await FormHistory.search(["fieldname", "value"], { fieldname: "city" })),
};
if (args[0]) {
  const window = Services.wm.getMostRecentWindow("navigator:browser");
  recalled.tabs = window.gBrowser.tabs.map(tab => [window.gBrowser.getBrowserForTab(tab).currentURI.spec, tab.label]);
}
return recalled;
