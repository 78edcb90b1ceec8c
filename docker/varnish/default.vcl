# Varnish in front of three replicas of the site: keeps pages until the site says that they have changed, asks another
# replica when one fails, and shows what it has when none answers. For docker/compose.scale.yaml; needs Varnish 7 with
# varnish-modules, and "-p http_gzip_support=off", for the site compresses better than Varnish would.

vcl 4.1;

import directors;
import std;
import xkey;

# A replica gets readers once it serves a whole catalogue, and none after two seconds without an answer.
probe ready {
    .url = "/health/ready";
    .interval = 1s;
    .timeout = 2s;
    .window = 3;
    .threshold = 2;
    .initial = 1;
}

backend blog1 {
    .host = "blog-1";
    .port = "8080";
    .probe = ready;
    .connect_timeout = 1s;
    .first_byte_timeout = 15s;
}

backend blog2 {
    .host = "blog-2";
    .port = "8080";
    .probe = ready;
    .connect_timeout = 1s;
    .first_byte_timeout = 15s;
}

backend blog3 {
    .host = "blog-3";
    .port = "8080";
    .probe = ready;
    .connect_timeout = 1s;
    .first_byte_timeout = 15s;
}

sub vcl_init {
    new replicas = directors.round_robin();
    replicas.add_backend(blog1);
    replicas.add_backend(blog2);
    replicas.add_backend(blog3);
}

sub vcl_recv {
    # From the replicas: Blog__Purge__Kind=varnish-xkey. Without a token in the environment nobody may.
    if (req.method == "PURGE") {
        if (std.getenv("BLOG_PURGE_TOKEN") == "" || req.http.Authorization != "Bearer " + std.getenv("BLOG_PURGE_TOKEN")) {
            return (synth(403, "Forbidden"));
        }
        # Softly: what is out of date is still there if no replica answers.
        set req.http.purged = xkey.softpurge(req.http.xkey);
        return (synth(200, "Purged " + req.http.purged));
    }

    # Whatever one replica is about to fail with, another may answer.
    set req.backend_hint = replicas.backend();

    # Logins are sealed by keys that each replica has for itself, so that editors always meet the same one.
    if (req.url ~ "^/desk(/|$|\?)") {
        set req.backend_hint = blog1;
        return (pass);
    }

    # The health of the site is not that of a page.
    if (req.url ~ "^/health/") {
        return (pass);
    }

    # Readers have no cookies of the site's; those of others must not make pages of their own.
    unset req.http.Cookie;

    # Two codings and none, whatever browsers write.
    if (req.http.Accept-Encoding ~ "\bbr\b") {
        set req.http.Accept-Encoding = "br";
    } else if (req.http.Accept-Encoding ~ "\bgzip\b") {
        set req.http.Accept-Encoding = "gzip";
    } else {
        unset req.http.Accept-Encoding;
    }

    # What campaigns append makes no other page.
    if (req.url ~ "[?&](utm_[a-z]+|fbclid|gclid)=") {
        set req.url = regsuball(req.url, "([?&])(utm_[a-z]+|fbclid|gclid)=[^&]*&?", "\1");
        set req.url = regsub(req.url, "[?&]$", "");
    }

    # While a replica answers, a page that is out of date is shown to those only who come in the moment in which it is fetched.
    if (std.healthy(req.backend_hint)) {
        set req.grace = 10s;
    }
}

sub vcl_backend_fetch {
    # Each of them once, whatever the others were given: two may be gone before the probes have noticed.
    if (bereq.retries == 1) {
        set bereq.backend = blog1;
    } else if (bereq.retries == 2) {
        set bereq.backend = blog2;
    } else if (bereq.retries == 3) {
        set bereq.backend = blog3;
    }
}

sub vcl_backend_response {
    if (beresp.status >= 500 && (bereq.method == "GET" || bereq.method == "HEAD")) {
        if (bereq.retries < 3) {
            return (retry);
        }
        # Rather the page of before.
        if (bereq.is_bgfetch) {
            return (abandon);
        }
    }

    if (beresp.http.Surrogate-Key) {
        set beresp.http.xkey = beresp.http.Surrogate-Key;
        # Fetched whole before it is sent on, so that no reader gets half a page of a replica that dies.
        set beresp.do_stream = false;
    }

    # Redirects, searches: what says nothing of how long it holds.
    if (!beresp.http.Cache-Control && beresp.ttl > 5s) {
        set beresp.ttl = 5s;
    }

    # For the day on which no replica answers, and to be told "not modified" after that.
    if (beresp.ttl > 0s) {
        set beresp.grace = 24h;
        set beresp.keep = 1h;
    }
}

sub vcl_backend_error {
    if (bereq.retries < 3 && (bereq.method == "GET" || bereq.method == "HEAD")) {
        return (retry);
    }
}

sub vcl_deliver {
    unset resp.http.xkey;
    unset resp.http.Surrogate-Key;
    unset resp.http.Via;
    unset resp.http.X-Varnish;
    set resp.http.X-Cache = "miss";
    if (obj.hits > 0) {
        set resp.http.X-Cache = "hit";
    }
}
