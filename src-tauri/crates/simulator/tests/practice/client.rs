//! A plain HTTP client that knows nothing of Harvest but the addresses.

use reqwest::{RequestBuilder, Response};
use serde_json::{Value, json};
use simulator::{Options, Simulator};

/// A client with a token of the credential's own user.
pub(crate) struct Client {
    http: reqwest::Client,
    harvest: String,
    auth: String,
    basic: (String, String),
    token: String,
}

impl Client {
    pub(crate) async fn of(simulator: &Simulator) -> Self {
        let http = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .timeout(std::time::Duration::from_secs(5))
            .no_proxy()
            .build()
            .unwrap();
        let mut client = Self {
            http,
            harvest: simulator.harvest_url(),
            auth: simulator.auth_url(),
            basic: (simulator.client_id(), simulator.client_secret()),
            token: String::new(),
        };
        client.token = client.token(None).await;
        client
    }

    pub(crate) async fn token_request(&self, basic: Option<(&str, &str)>, form: &str) -> Response {
        let mut request = self.http.post(format!("{}/token", self.auth));
        if let Some((id, secret)) = basic {
            request = request.basic_auth(id, Some(secret));
        }
        let kind = "application/x-www-form-urlencoded";
        request
            .header("content-type", kind)
            .body(form.to_owned())
            .send()
            .await
            .unwrap()
    }

    pub(crate) async fn token(&self, sub: Option<i64>) -> String {
        let sub = sub.map(|sub| format!("&sub={sub}")).unwrap_or_default();
        let basic = Some((self.basic.0.as_str(), self.basic.1.as_str()));
        let form = format!("grant_type=client_credentials{sub}");
        let answer = json_of(self.token_request(basic, &form).await).await;
        answer["access_token"]
            .as_str()
            .unwrap_or_else(|| panic!("{answer}"))
            .to_owned()
    }

    pub(crate) async fn introspection(&self, token: &str) -> Response {
        let form = format!("token={token}&token_type_hint=access_token");
        self.http
            .post(format!("{}/introspect", self.auth))
            .basic_auth(&self.basic.0, Some(&self.basic.1))
            .header("content-type", "application/x-www-form-urlencoded")
            .body(form)
            .send()
            .await
            .unwrap()
    }

    pub(crate) async fn introspect(&self, token: &str) -> Value {
        json_of(self.introspection(token).await).await
    }

    pub(crate) async fn bare(&self, address: &str) -> Response {
        self.http.get(address).send().await.unwrap()
    }

    pub(crate) async fn get_as(&self, token: &str, path: &str) -> Response {
        self.asking(token, path).send().await.unwrap()
    }

    fn asking(&self, token: &str, path: &str) -> RequestBuilder {
        let whole = path.starts_with("http");
        let address = if whole {
            path.to_owned()
        } else {
            format!("{}/{path}", self.harvest)
        };
        self.http.get(address).bearer_auth(token)
    }

    pub(crate) async fn get(&self, path: &str) -> Response {
        self.get_as(&self.token, path).await
    }

    /// What comes of a request that may not be answered at all.
    pub(crate) async fn try_get(&self, path: &str) -> Result<Value, reqwest::Error> {
        self.asking(&self.token, path).send().await?.json().await
    }

    pub(crate) async fn list(&self, path: &str) -> Vec<Value> {
        let answer = self.get(path).await;
        assert_eq!(answer.status(), 200, "{path}");
        json_of(answer).await.as_array().unwrap().clone()
    }

    pub(crate) async fn try_write(
        &self,
        method: &str,
        path: &str,
        body: &Value,
    ) -> Result<Response, reqwest::Error> {
        self.writing(&self.token, method, path)
            .json(body)
            .send()
            .await
    }

    pub(crate) async fn write(&self, method: &str, path: &str, body: &Value) -> Response {
        self.write_as(&self.token, method, path, body).await
    }

    pub(crate) async fn write_as(
        &self,
        token: &str,
        method: &str,
        path: &str,
        body: &Value,
    ) -> Response {
        self.writing(token, method, path)
            .json(body)
            .send()
            .await
            .unwrap()
    }

    pub(crate) async fn write_raw(
        &self,
        method: &str,
        path: &str,
        body: &str,
        kind: &str,
    ) -> Response {
        let request = self
            .writing(&self.token, method, path)
            .header("content-type", kind);
        request.body(body.to_owned()).send().await.unwrap()
    }

    fn writing(&self, token: &str, method: &str, path: &str) -> RequestBuilder {
        let method = method.parse().unwrap();
        self.http
            .request(method, format!("{}/{path}", self.harvest))
            .bearer_auth(token)
    }

    /// Writes and expects to have created something.
    pub(crate) async fn create(&self, path: &str, body: &Value) -> Value {
        let answer = self.write("POST", path, body).await;
        let status = answer.status();
        let made = json_of(answer).await;
        assert_eq!(status, 201, "{path} {body}: {made}");
        made
    }

    /// Asks the control API.
    pub(crate) async fn practice(&self, method: &str, path: &str, body: &Value) -> Response {
        let address = format!("{}/practice/{path}", self.auth);
        self.http
            .request(method.parse().unwrap(), address)
            .json(body)
            .send()
            .await
            .unwrap()
    }

    pub(crate) async fn user_named(&self, last: &str) -> i64 {
        let users = self.list("users?per_page=500").await;
        let user = users.iter().find(|it| it["last_name"] == json!(last));
        user.unwrap_or_else(|| panic!("nobody is called {last}"))["id"]
            .as_i64()
            .unwrap()
    }

    pub(crate) async fn job(&self, requisition: &str) -> i64 {
        let jobs = self
            .list(&format!("jobs?requisition_id={requisition}"))
            .await;
        jobs[0]["id"].as_i64().unwrap()
    }
}

pub(crate) async fn json_of(answer: Response) -> Value {
    let text = answer.text().await.unwrap();
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error} in {text}"))
}

/// Returns the next page's address, if the answer names one.
pub(crate) fn next_of(answer: &Response) -> Option<String> {
    let link = answer.headers().get("link")?.to_str().unwrap();
    let (address, rest) = link.strip_prefix('<')?.split_once('>')?;
    assert_eq!(rest, "; rel=\"next\"", "next is all there is");
    Some(address.to_owned())
}

/// A tidy practice Greenhouse with room for many requests, and a client of it.
pub(crate) async fn tidy() -> (Simulator, Client) {
    let mut options = Options::default();
    options.quirks.rate_limit = 10_000;
    let simulator = Simulator::start(options).await.unwrap();
    let client = Client::of(&simulator).await;
    (simulator, client)
}
