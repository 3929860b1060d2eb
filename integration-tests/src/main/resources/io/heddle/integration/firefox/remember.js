// SPDX-License-Identifier: Apache-2.0
// Fills the browser with what people have in it. args: the address of a server with pages.
const [pages] = args;
const { Places, FormHistory } = firefox;
const { bookmarks } = Places;
const folder = await bookmarks.insert({ type: bookmarks.TYPE_FOLDER, parentGuid: bookmarks.toolbarGuid, title: "Weaving" });
await bookmarks.insert({ parentGuid: folder.guid, url: "https://loom.example/", title: "Webst\u00fchle \u7e54\u6a5f \ud83e\uddf6" });
await bookmarks.insert({ type: bookmarks.TYPE_SEPARATOR, parentGuid: folder.guid });
await bookmarks.insert({ parentGuid: folder.guid, url: "https://loom.example/find?q=%s", title: "Find" });
await Places.keywords.insert({ keyword: "loom", url: "https://loom.example/find?q=%s" });
Places.tagging.tagURI(Services.io.newURI("https://loom.example/"), ["wool", "two words"]);
await bookmarks.insert({ parentGuid: bookmarks.menuGuid, url: "place:sort=8&maxResults=10", title: "Most visited" });
await bookmarks.insert({ parentGuid: bookmarks.unfiledGuid, url: "https://thread.example/", title: "" });
const now = Date.now();
await Places.history.insertMany([
  { url: "https://yarn.example/1", title: "Yarn", visits: [{ date: new Date(now - 3600e3), transition: 1 }, { date: new Date(now - 60e3), transition: 2 }] },
  { url: "https://yarn.example/2", title: "Garn \u00fc", visits: [{ date: new Date(now - 7200e3), transition: 1 }] },
]);
const LoginInfo = Components.Constructor("@mozilla.org/login-manager/loginInfo;1", Ci.nsILoginInfo, "init");
await Services.logins.addLoginAsync(new LoginInfo("https://login.example", "https://login.example", null, "penelope", "p\u00e4ss w\u00f6rd", "user", "pass"));
await Services.logins.addLoginAsync(new LoginInfo("https://realm.example", null, "Ithaka", "laertes", "shroud", "", ""));
await FormHistory.update([{ op: "add", fieldname: "city", value: "Z\u00fcrich" }]);
const window = Services.wm.getMostRecentWindow("navigator:browser");
for (const number of [1, 2]) {
  const tab = window.gBrowser.addTrustedTab(`${pages}/page/${number}`);
  await waitFor(`page ${number}`, () => window.gBrowser.getBrowserForTab(tab).contentTitle == `Page ${number}`);
}
