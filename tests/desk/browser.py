"""browser.py - a real Chromium without a screen, driven over WebDriver (W3C) by plain HTTP."""
import base64, json, os, re, shutil, subprocess, sys, time, urllib.error, urllib.request

ELEMENT = "element-6066-11e4-a52e-4f735466cecf"
ENTER, TAB = "\ue007", "\ue004"


def needed():
    """The two programs, or the end with 77: skipped."""
    browser = shutil.which("chromium") or shutil.which("chromium-browser")
    driver = shutil.which("chromedriver")
    if not browser or not driver:
        print("chromium or chromedriver is not installed")
        sys.exit(77)
    return browser, driver


class Browser:
    def __init__(self, work, language):
        browser, driver = needed()
        env = dict(os.environ, HOME=work, TMPDIR=work, XDG_CONFIG_HOME=work, XDG_CACHE_HOME=work)
        self.driver = subprocess.Popen([driver, "--port=0"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=env)
        for line in self.driver.stdout:
            found = re.search(r"started successfully on port (\d+)", line)
            if found:
                break
        else:
            raise SystemExit("chromedriver did not start")
        self.base = "http://127.0.0.1:" + found.group(1)
        arguments = ["--headless=new", "--disable-gpu", "--disable-dev-shm-usage", "--window-size=1200,1600", "--lang=" + language]
        if os.getuid() == 0:
            arguments.append("--no-sandbox") # Chromium refuses its sandbox to root
        options = {"binary": browser, "args": arguments, "prefs": {"intl.accept_languages": language}}
        answer = self.send("POST", "/session", {"capabilities": {"alwaysMatch": {
            "browserName": "chrome", "goog:chromeOptions": options, "goog:loggingPrefs": {"browser": "ALL"}}}})
        self.session = "/session/" + answer["sessionId"]

    def send(self, method, path, body=None):
        data = json.dumps(body).encode() if body is not None else None
        request = urllib.request.Request(self.base + path, data, {"Content-Type": "application/json"}, method=method)
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return json.load(answer)["value"]
        except urllib.error.HTTPError as error:
            raise AssertionError("%s %s: %s" % (path, body, json.load(error)["value"]["message"].split("\n")[0])) from None

    def go(self, url):
        self.send("POST", self.session + "/url", {"url": url})

    def find(self, css):
        return self.session + "/element/" + self.send("POST", self.session + "/element", {"using": "css selector", "value": css})[ELEMENT]

    def link(self, text):
        found = self.send("POST", self.session + "/element", {"using": "link text", "value": text})
        self.leave(self.session + "/element/" + found[ELEMENT])

    def submit(self, css):
        self.leave(self.find(css))

    def leave(self, element):
        """Click, and wait until another page is there: a form's answer may take its time."""
        self.run("window.left = true")
        self.send("POST", element + "/click", {})
        for _ in range(600):
            try:
                if self.run("return !window.left && document.readyState === 'complete'"):
                    return
            except AssertionError: # between two pages
                pass
            time.sleep(0.05)
        raise AssertionError("no other page came")

    def click(self, css):
        self.send("POST", self.find(css) + "/click", {})

    def type(self, css, text):
        self.send("POST", self.find(css) + "/value", {"text": text})

    def set_date(self, css, date):
        """What the keys for a date are depends on the language; the value does not."""
        self.run("arguments[0].value = arguments[1]", {ELEMENT: self.find(css).rsplit("/", 1)[1]}, date)

    def text(self, css="main"):
        return self.send("GET", self.find(css) + "/text")

    def title(self):
        return self.send("GET", self.session + "/title")

    def url(self):
        return self.send("GET", self.session + "/url")

    def run(self, script, *arguments):
        return self.send("POST", self.session + "/execute/sync", {"script": script, "args": list(arguments)})

    def press(self, keys):
        actions = [{"type": kind, "value": key} for key in keys for kind in ("keyDown", "keyUp")]
        self.send("POST", self.session + "/actions", {"actions": [{"type": "key", "id": "keys", "actions": actions}]})

    def complaints(self):
        return [entry["message"] for entry in self.send("POST", self.session + "/se/log", {"type": "browser"})
                if "favicon.ico" not in entry["message"]]

    def photograph(self, path):
        with open(path, "wb") as file:
            file.write(base64.b64decode(self.send("GET", self.session + "/screenshot")))

    def close(self):
        try:
            self.send("DELETE", self.session)
        finally:
            self.driver.terminate()
            self.driver.wait(20)
