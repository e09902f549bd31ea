// SPDX-License-Identifier: BSL-1.0
//
// A PostgreSQL server of its own for tests, from Debian's packages: in a new folder, reached only through a socket in it, gone afterwards.
//
//     auto server = postgres_server::start();
//     if (!server) return;                                    // server is not installed, or did not come up
//     PQconnectdb(server->conninfo().c_str());
//     server->crash();  server->start_again();                // as after kill -9 of the whole server
//
// PostgreSQL refuses to run as root; then the user `postgres` (or `nobody`) runs it.
#pragma once

#include <libpq-fe.h>

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <filesystem>
#include <grp.h>
#include <memory>
#include <pwd.h>
#include <string>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>
#include <utility>
#include <vector>

class postgres_server {
public:
    struct options {
        bool fsync = false;  // off, what was committed survives a crash of the server, not of the machine
        int connections_max = 60;
        std::vector<std::string> settings{};  // more of them, as "work_mem=8MB"
    };

    /// The folder with the programs of the highest version that is installed; empty when there is none.
    static std::filesystem::path installed() {
        std::filesystem::path best;
        int version = 0;
        std::error_code none;
        for (const auto& folder : std::filesystem::directory_iterator{"/usr/lib/postgresql", none}) {
            const auto is = std::atoi(folder.path().filename().c_str());
            if (is > version && std::filesystem::exists(folder.path() / "bin/postgres", none) && std::filesystem::exists(folder.path() / "bin/initdb", none))
                version = is, best = folder.path() / "bin";
        }
        return best;
    }

    /// Null when PostgreSQL is not installed, or does not start.
    static std::unique_ptr<postgres_server> start(options with) {
        if (installed().empty()) return nullptr;
        std::unique_ptr<postgres_server> server{new postgres_server{std::move(with)}};
        return server->make() && server->start_again() ? std::move(server) : nullptr;
    }
    static std::unique_ptr<postgres_server> start() { return start(options{}); }

    postgres_server(const postgres_server&) = delete;
    postgres_server& operator=(const postgres_server&) = delete;
    ~postgres_server() {
        stop();
        std::error_code ignored;
        if (!folder_.empty()) std::filesystem::remove_all(folder_, ignored);
    }

    /// Of the superuser.
    std::string conninfo() const { return "host=" + folder_ + " port=5432 user=coincide dbname=postgres"; }
    /// With tables of its own: a schema of this name, which is made.
    std::string conninfo_of(const std::string& schema) const {
        run("CREATE SCHEMA IF NOT EXISTS " + schema);
        return conninfo() + " options='-csearch_path=" + schema + "'";
    }
    /// Carries out SQL on a connection of its own; the first value of the answer.
    std::string run(const std::string& sql) const {
        auto* const c = PQconnectdb(conninfo().c_str());
        PQsetNoticeProcessor(c, [](void*, const char*) {}, nullptr);
        auto* const r = PQexec(c, sql.c_str());
        std::string out = PQntuples(r) > 0 ? PQgetvalue(r, 0, 0) : PQresultErrorMessage(r);
        PQclear(r);
        PQfinish(c);
        return out;
    }

    const std::string& folder() const { return folder_; }
    void stop() { end(SIGINT); }    // open transactions are rolled back
    void crash() { end(SIGQUIT); }  // everything ends where it is; the next start recovers from the log

    bool start_again() {
        std::vector<std::string> arguments{(installed() / "postgres").string(), "-D", folder_ + "/data", "-k", folder_, "-p", "5432"};
        const std::string fixed[] = {"listen_addresses=", "unix_socket_permissions=0777", "max_connections=" + std::to_string(with_.connections_max), "shared_buffers=32MB",
                                     with_.fsync ? "fsync=on" : "fsync=off"};
        for (const auto& s : fixed) arguments.insert(arguments.end(), {"-c", s});
        for (const auto& s : with_.settings) arguments.insert(arguments.end(), {"-c", s});
        pid_ = launch(arguments);
        for (int tenths = 0; tenths < 600; ++tenths) {
            if (PQping(conninfo().c_str()) == PQPING_OK) return true;
            int status = 0;
            if (pid_ < 0 || ::waitpid(pid_, &status, WNOHANG) == pid_) return pid_ = -1, false;
            std::this_thread::sleep_for(std::chrono::milliseconds{50});
        }
        return false;
    }

private:
    explicit postgres_server(options with) : with_{std::move(with)} {
        if (::geteuid() != 0) return;
        const auto* user = ::getpwnam("postgres");
        if (!user) user = ::getpwnam("nobody");
        if (user) user_ = user->pw_uid, group_ = user->pw_gid;
    }

    bool make() {
        char path[] = "/tmp/coincide-postgres-XXXXXX";  // short: a socket's path has 107 bytes
        if (!::mkdtemp(path)) return false;
        folder_ = path;
        if (::chmod(path, 0755) != 0 || (::geteuid() == 0 && ::chown(path, user_, group_) != 0)) return false;
        const auto initdb = launch({(installed() / "initdb").string(), "-D", folder_ + "/data", "-U", "coincide", "-A", "trust", "--no-sync", "-E", "UTF8", "--locale=C"});
        int status = -1;
        return initdb > 0 && ::waitpid(initdb, &status, 0) == initdb && WIFEXITED(status) && WEXITSTATUS(status) == 0;
    }

    /// A child that ends with this program, and writes to the folder's log.
    pid_t launch(const std::vector<std::string>& arguments) const {
        const auto log = folder_ + "/log";
        std::vector<char*> raw;
        for (const auto& a : arguments) raw.push_back(const_cast<char*>(a.c_str()));
        raw.push_back(nullptr);
        const auto parent = ::getpid();
        const auto child = ::fork();
        if (child != 0) return child;
        if (::geteuid() == 0 && (::setgroups(0, nullptr) != 0 || ::setgid(group_) != 0 || ::setuid(user_) != 0)) ::_exit(126);
        ::prctl(PR_SET_PDEATHSIG, SIGINT);
        if (::getppid() != parent || ::chdir(folder_.c_str()) != 0) ::_exit(126);
        ::setpgid(0, 0);  // an interrupt at the keyboard is for the test
        const int out = ::open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0644), in = ::open("/dev/null", O_RDONLY);
        ::dup2(in, 0), ::dup2(out, 1), ::dup2(out, 2);
        ::execv(raw[0], raw.data());
        ::_exit(127);
    }
    void end(int how) {
        if (pid_ <= 0) return;
        ::kill(pid_, how);
        int status = 0;
        ::waitpid(pid_, &status, 0);
        pid_ = -1;
    }

    options with_;
    std::string folder_{};
    pid_t pid_ = -1;
    uid_t user_ = 65534;
    gid_t group_ = 65534;
};
