// SPDX-License-Identifier: BSL-1.0
#include "apple_xml.hpp"

#include "inputs.hpp"
#include "xml.hpp"

#include <algorithm>
#include <iterator>
#include <limits>
#include <map>

namespace reconcile {
namespace {

using coincide::problem_code;
using coincide::samples;

// ---- before the parser ------------------------------------------------------------------------------------------------
//
// A parser of XML looks at every attribute of millions of records that nobody wants. So the export is thinned out first, by
// what can be told of a tag without parsing it: outside of workouts the attributes go.
//
//     <Record type="HKQuantityTypeIdentifierStepCount" … value="12"/>   ->   <Record/>
//
// What is no XML on that level is passed on from there as it is, for the parser to say so.

constexpr auto npos = std::string_view::npos;
constexpr std::size_t piece_bytes = std::size_t{64} << 10;
constexpr std::size_t most_held_bytes = std::size_t{1} << 20;  // of one tag or comment, and of all before the root element

bool is_begin(std::string_view text, std::string_view of) noexcept { return of.starts_with(text); }

/// What stands before the root element.
struct front_scan {
    bool complete = false;           // the root element can begin now
    bool thinnable = true;           // what follows may be an export
    std::size_t begin = 0, end = 0;  // the declarations of the document type
    std::size_t after = 0;           // where the document type ends
};

/// Where the declarations of a document type end that begin at `at`: at the first "]>" outside a comment, even if a
/// declaration is still open there, as in the exports of iOS 16. Zero: an entity is declared; npos: not yet to be seen.
std::size_t end_of_declarations(std::string_view text, std::size_t at) {
    for (; (at = text.find_first_of("<]", at)) != npos; ++at) {
        const auto rest = text.substr(at);
        if (rest.starts_with("<!ENTITY")) return 0;
        if (rest.starts_with("<!--")) {
            at = text.find("-->", at + 4);
            if (at == npos) break;
        } else if (rest.front() == ']') {
            const auto next = rest.find_first_not_of(" \t\r\n", 1);
            if (next == npos) break;
            if (rest[next] == '>') return at;
        }
    }
    return npos;
}

/// `at` is where <!DOCTYPE begins.
front_scan scan_document_type(std::string_view text, std::size_t at) {
    front_scan out;
    out.thinnable = trimmed(text.substr(at + std::string_view{"<!DOCTYPE"}.size())).starts_with("HealthData");
    for (; (at = text.find_first_of("[>\"'", at)) != npos; ++at) {
        if (text[at] == '>') {
            out.after = at + 1;
            out.complete = true;
            break;
        }
        if (text[at] == '[') {
            out.begin = at + 1;
            at = out.end = end_of_declarations(text, out.begin);
            if (at == 0) {  // an entity: the parser will refuse it
                out.thinnable = false;
                out.complete = true;
                break;
            }
        } else {
            at = text.find(text[at], at + 1);  // the end of a name in quotes
        }
        if (at == npos) break;
    }
    return out;
}

front_scan scan_front(std::string_view text) {
    for (std::size_t at = 0; (at = text.find('<', at)) != npos; ++at) {
        const auto rest = text.substr(at);
        if (rest.starts_with("<?")) at = text.find("?>", at);
        else if (rest.starts_with("<!--")) at = text.find("-->", at + 4);
        else if (rest.starts_with("<!DOCTYPE")) return scan_document_type(text, at);
        else return {.complete = !is_begin(rest, "<!DOCTYPE") && !is_begin(rest, "<!--")};
        if (at == npos) break;
    }
    return {};
}

/// The length of the tag, comment or the like that `text` begins with. Zero: it is not complete; npos: it is no XML.
std::size_t markup_length(std::string_view text) {
    const auto up_to = [text](std::string_view end, std::size_t from) {
        const auto at = text.find(end, from);
        return at == npos ? 0 : at + end.size();
    };
    if (text.starts_with("<!--")) return up_to("-->", 4);
    if (text.starts_with("<![CDATA[")) return up_to("]]>", 9);
    if (text.starts_with("<?")) return up_to("?>", 2);
    if (text.starts_with("<!")) return is_begin(text, "<!--") || is_begin(text, "<![CDATA[") ? 0 : npos;
    for (std::size_t at = 1; at < text.size(); ++at) {
        const char c = text[at];
        if (c == '>') return at + 1;
        if (c == '<') return npos;
        if (c != '"' && c != '\'') continue;
        const auto end = text.find(c, at + 1);
        if (text.substr(at, end - at).find('<') != npos) return npos;
        if (end == npos) return 0;
        at = end;
    }
    return 0;
}

bool is_line_break(char c) noexcept { return c == '\n' || c == '\r'; }
bool is_forbidden(char c) noexcept { return static_cast<unsigned char>(c) < 0x20 && c != '\t' && c != '\n' && c != '\r'; }

/// Thins an export out, and mends what Apple writes wrong. Every tag keeps its line.
class sieve {
public:
    /// `give` takes what is to be read on, and answers whether it wants more.
    template <class Give>
    bool feed(std::string_view piece, Give give) {
        if (!in_front_) return sift(piece, give);
        held_.append(piece);
        // Two bytes tell UTF-16, which is not looked into.
        const bool wide = held_.starts_with("\xFF\xFE") || held_.starts_with("\xFE\xFF") ||
                          std::string_view{held_}.substr(0, 2).find('\0') != npos;
        const auto front = wide ? front_scan{.complete = true, .thinnable = false} : scan_front(held_);
        if (!front.complete && held_.size() <= most_held_bytes) return true;
        as_it_is_ = !front.complete || !front.thinnable;
        for (auto at = front.begin; at < front.end && !as_it_is_; ++at)
            if (!is_line_break(held_[at])) held_[at] = ' ';
        return end_front(front.after, give);
    }
    template <class Give>
    bool finish(Give give) {
        if (in_front_ && !end_front(0, give)) return false;
        return held_.empty() || give(std::string_view{held_});
    }
    [[nodiscard]] std::size_t blanked() const noexcept { return blanked_; }

private:
    /// The first `known` bytes are no markup that sift understands.
    template <class Give>
    bool end_front(std::size_t known, Give give) {
        in_front_ = false;
        const auto front = std::exchange(held_, {});
        const std::string_view text{front};
        return (known == 0 || give(text.substr(0, known))) && sift(text.substr(known), give);
    }

    template <class Give>
    bool sift(std::string_view piece, Give give) {
        if (as_it_is_) return give(piece);
        if (!held_.empty()) piece = held_.append(piece);
        thin_.clear();
        std::string rest{thin_out(piece)};
        held_ = std::move(rest);
        as_it_is_ |= held_.size() > most_held_bytes;
        if (!thin_.empty() && !give(without_forbidden())) return false;
        return !as_it_is_ || give(std::exchange(held_, {}));
    }

    /// Writes the thinned text to thin_. The rest is markup that is not complete, or, with as_it_is_, no XML.
    std::string_view thin_out(std::string_view text) {
        while (!text.empty()) {
            const auto begin = std::min(text.find('<'), text.size());
            thin_.append(text.substr(0, begin));
            text.remove_prefix(begin);
            const auto length = text.empty() ? 0 : markup_length(text);
            as_it_is_ |= length == npos;
            if (length == 0 || length == npos) break;
            if (const char kind = text[1]; kind == '!' || kind == '?') thin_.append(text.substr(0, length));
            else thin_out_tag(text.substr(0, length));
            text.remove_prefix(length);
        }
        return text;
    }

    void thin_out_tag(std::string_view tag) {
        const bool closing = tag[1] == '/', empty = tag[tag.size() - 2] == '/';
        const auto name = tag.substr(0, tag.find_first_of(" \t\r\n/>", closing ? 2 : 1));
        const bool workout = name.ends_with("Workout");  // with any prefix; what else ends so may stay as well
        if (workout && closing && open_workouts_ > 0) --open_workouts_;
        if (workout || closing || open_workouts_ > 0) {
            thin_.append(tag);
        } else {
            const auto dropped = tag.substr(name.size());
            thin_.append(name);
            if (dropped.find('\n') != npos || dropped.find('\r') != npos)
                std::copy_if(dropped.begin(), dropped.end(), std::back_inserter(thin_), is_line_break);
            thin_.append(empty ? "/>" : ">");
        }
        if (workout && !closing && !empty) ++open_workouts_;
    }

    /// Blanks for the characters of thin_ that XML forbids.
    std::string_view without_forbidden() {
        for (char& c : thin_) {
            if (!is_forbidden(c)) continue;
            c = ' ';
            ++blanked_;
        }
        return thin_;
    }

    bool in_front_ = true;
    bool as_it_is_ = false;
    std::size_t open_workouts_ = 0;
    std::string held_{};  // not yet judged
    std::string thin_{};  // the present piece, thinned out
    std::size_t blanked_ = 0;
};

// ---- workouts ---------------------------------------------------------------------------------------------------------

/// The blank before the offset is not RFC 3339.
std::string rfc3339_of(std::string_view date) {
    std::string text{trimmed(date)};
    if (const auto blank = text.rfind(' '); blank != std::string::npos && blank > 10) text.erase(blank, 1);
    return text;
}

class workout_reader final : public xml_handler {
public:
    workout_reader(apple_reader::visitor visit, const apple_limits& limits) : visit_{std::move(visit)}, limits_{limits} {}

    bool open(const xml_tag& tag) override {
        if (elsewhere_ > 0) {
            ++elsewhere_;
            return true;
        }
        const auto name = tag.name();
        switch (place_) {
        case place::document:
            place_ = place::health_data;
            return name == "HealthData" || stop(finding_kind::skip, problem_code::unsupported,
                                                "this XML document is no export of Apple Health", tag.line());
        case place::health_data:
            if (name != "Workout") break;
            place_ = place::workout;
            return begin_workout(tag);
        case place::workout:
            if (name == "WorkoutRoute") {
                place_ = place::route;
                return true;
            }
            if (name == "WorkoutActivity") {
                place_ = place::activity;
                ++activities_;
                return true;
            }
            [[fallthrough]];
        case place::activity:
            if (name == "MetadataEntry") add_metadata(tag);
            else if (name == "WorkoutStatistics") add_statistics(tag);
            break;
        case place::route:
            if (name == "Location") add_location(tag);
            else if (name == "FileReference") add_route_file(tag["path"]);
            break;
        }
        elsewhere_ = 1;
        return true;
    }

    bool close(std::string_view, std::string_view) override {
        if (elsewhere_ > 0) {
            --elsewhere_;
            return true;
        }
        switch (place_) {
        case place::route:
        case place::activity: place_ = place::workout; break;
        case place::workout:
            place_ = place::health_data;
            end_workout();
            break;
        case place::health_data:
        case place::document: place_ = place::document; break;
        }
        return true;
    }

    std::vector<finding> finish(std::optional<finding> fault, std::size_t blanked) {
        if (!fault) fault = std::move(stopped_);
        if (fault && handed_over_) {
            const bool broken = fault->code == problem_code::truncated || fault->code == problem_code::malformed;
            if (broken) fault->code = problem_code::recovered;
            fault->kind = finding_kind::salvage;
            fault->reason += "; what came before is kept";
        }
        if (!fault && ordinal_ == 0)
            fault = finding_at(1, finding_kind::skip, problem_code::no_activity, "the export holds no workout");
        if (!fault && blanked > 0)
            fault = finding_at(1, finding_kind::salvage, problem_code::malformed,
                               std::to_string(blanked) + " control characters read as blanks");
        if (fault) findings_.push_back(std::move(*fault));
        return std::move(findings_);
    }

private:
    enum class place { document, health_data, workout, activity, route };

    /// The element that a field is of, and how much of the field's path names what the element tells of.
    struct owner {
        std::size_t path_size, element;
    };

    bool stop(finding_kind kind, problem_code code, std::string_view reason, std::uint64_t line) {
        stopped_ = finding_at(line, kind, code, reason);
        return false;
    }

    bool begin_workout(const xml_tag& tag) {
        if (ordinal_ == limits_.workouts)
            return stop(finding_kind::reject, problem_code::too_large, "too many workouts", tag.line());
        clear();
        rejected_ = false;
        now_.ordinal = ++ordinal_;
        now_.line = tag.line();
        add_attributes(tag, "", "");
        return true;
    }

    void clear() {
        now_ = {};
        owners_.clear();
        inside_.clear();
        elements_ = text_bytes_ = fixes_ = activities_ = 0;
        counts_ = {};
        points_.emplace(counts_);
    }

    /// The workout is given up; the rest of it is passed over.
    void reject(std::string_view reason) {
        findings_.push_back(finding_at(now_.line, finding_kind::reject, problem_code::too_large, reason));
        clear();
        rejected_ = true;
    }

    /// Whether there is room for one more text.
    bool admit(std::size_t bytes) {
        if (rejected_) return false;
        text_bytes_ += bytes;
        if (text_bytes_ > limits_.text_bytes) reject("the texts of the workout are too long");
        else if (now_.fields.size() + inside_.size() + now_.route_files.size() == limits_.fields) reject("the workout has too many fields");
        return !rejected_;
    }

    void add(std::string path, std::size_t owner_size, std::string_view value) {
        if (!admit(path.size() + value.size())) return;
        if (place_ == place::activity) return inside_.push_back({std::move(path), std::string{value}, {owner_size, elements_}});
        now_.fields.emplace_back(std::move(path), value);
        owners_.push_back({owner_size, elements_});
    }

    void add_attributes(const xml_tag& tag, const std::string& element, std::string_view without) {
        ++elements_;
        for (std::size_t i = 0; const auto attribute = tag.attribute(i); ++i)
            if (attribute->name != without)
                add(std::string{element}.append("/@").append(attribute->name), element.size(), attribute->value);
    }

    void add_metadata(const xml_tag& tag) {
        if (tag["key"].empty()) return;
        ++elements_;
        auto path = std::string{"/MetadataEntry/"}.append(tag["key"]);
        const auto size = path.size();
        add(std::move(path), size, tag["value"]);
    }

    void add_statistics(const xml_tag& tag) {
        if (!tag["type"].empty()) add_attributes(tag, std::string{"/WorkoutStatistics/"}.append(tag["type"]), "type");
    }

    void add_route_file(std::string_view path) {
        if (admit(path.size())) now_.route_files.emplace_back(path);
    }

    /// Core Location writes negative numbers for "not known": speed, and the accuracy of a position that is none.
    void add_location(const xml_tag& tag) {
        if (rejected_) return;
        if (++fixes_ > limits_.fixes) return reject("the route of the workout has too many positions");
        points_->open();
        points_->time(rfc3339_of(tag["date"]));
        const bool known = !tag["horizontalAccuracy"].starts_with('-');
        points_->latitude(known ? tag["latitude"] : "");
        points_->longitude(known ? tag["longitude"] : "");
        points_->value(samples::ele, tag["altitude"]);
        if (const auto speed = tag["speed"]; !speed.starts_with('-')) points_->value(samples::speed, speed);
        points_->close();
    }

    void end_workout() {
        if (rejected_) return;
        add_from_inside();
        drop_repeated();
        const auto start = apple_time(now_["/@startDate"]);
        auto read = points_->take();
        if (start && read.rows.positions() > 0) {
            now_.route = std::move(read.rows);
            for (auto& t : now_.route.t_ms) t -= start->at.time_since_epoch().count();
        }
        counts_.report(findings_, now_.line);
        handed_over_ = true;
        visit_(std::move(now_));
    }

    /// A workout of one activity may tell of itself only within that; its own word comes last, and counts more.
    void add_from_inside() {
        if (activities_ != 1) return;
        std::vector<owner> owners;
        decltype(now_.fields) fields;
        for (auto& [path, value, of] : inside_) {
            fields.emplace_back(std::move(path), std::move(value));
            owners.push_back(of);
        }
        now_.fields.insert(now_.fields.begin(), std::make_move_iterator(fields.begin()), std::make_move_iterator(fields.end()));
        owners_.insert(owners_.begin(), owners.begin(), owners.end());
    }

    /// Keeps the fields of the last element of each owner: one that lacks a unit must not get that of another.
    void drop_repeated() {
        auto& fields = now_.fields;
        const auto owner_of = [&](std::size_t i) {
            return std::string_view{fields[i].first}.substr(0, owners_[i].path_size);
        };
        std::map<std::string_view, std::size_t> last_element, last_field;
        for (std::size_t i = 0; i < fields.size(); ++i) {
            last_element[owner_of(i)] = owners_[i].element;
            last_field[fields[i].first] = i;
        }
        std::vector<bool> kept(fields.size());
        for (std::size_t i = 0; i < fields.size(); ++i)
            kept[i] = last_element[owner_of(i)] == owners_[i].element && last_field[fields[i].first] == i;
        std::size_t to = 0;
        for (std::size_t i = 0; i < fields.size(); ++i) {
            if (!kept[i]) continue;
            if (to != i) fields[to] = std::move(fields[i]);
            ++to;
        }
        fields.resize(to);
    }

    const apple_reader::visitor visit_;
    const apple_limits limits_;
    std::vector<finding> findings_{};
    std::optional<finding> stopped_{};
    place place_ = place::document;
    std::size_t elsewhere_ = 0;  // open elements that are passed over
    unsigned ordinal_ = 0;
    bool handed_over_ = false;  // at least one workout
    // the present workout
    bool rejected_ = false;
    apple_workout now_{};
    std::vector<owner> owners_{};  // of now_.fields
    struct field_inside {
        std::string path, value;
        owner of;
    };
    std::vector<field_inside> inside_{};  // of the workout's activities
    std::size_t elements_ = 0, text_bytes_ = 0, fixes_ = 0, activities_ = 0;
    salvage_counts counts_{};
    std::optional<timed_samples> points_{};
};

}  // namespace

struct apple_reader::state {
    state(visitor visit, const apple_limits& limits) : workouts{std::move(visit), limits} {}

    bool pass_on(std::string_view text) { return xml.feed(std::as_bytes(std::span{text})); }

    sieve before{};
    workout_reader workouts;
    // How long the file may be is for its reader to say.
    xml_reader xml{workouts, {.bytes = std::numeric_limits<std::size_t>::max()}};
};

std::string_view apple_workout::operator[](std::string_view path) const noexcept {
    for (const auto& [name, text] : fields)
        if (name == path) return text;
    return {};
}

apple_reader::apple_reader(visitor visit, const apple_limits& limits)
    : state_{std::make_unique<state>(std::move(visit), limits)} {}
apple_reader::~apple_reader() = default;

bool apple_reader::feed(std::span<const std::byte> piece) {
    for (std::string_view text{reinterpret_cast<const char*>(piece.data()), piece.size()}; !text.empty();) {
        const auto part = text.substr(0, piece_bytes);
        text.remove_prefix(part.size());
        if (!state_->before.feed(part, [this](std::string_view t) { return state_->pass_on(t); })) return false;
    }
    return true;
}

std::vector<finding> apple_reader::finish() {
    state_->before.finish([this](std::string_view t) { return state_->pass_on(t); });
    return state_->workouts.finish(state_->xml.finish(), state_->before.blanked());
}

std::vector<finding> read_apple_xml(std::span<const std::byte> document, const apple_reader::visitor& visit,
                                    const apple_limits& limits) {
    apple_reader reader{visit, limits};
    reader.feed(document);
    return reader.finish();
}

std::optional<file_time> apple_time(std::string_view text) {
    auto time = time_in(rfc3339_of(text));
    if (time) time->utc_offset.reset();
    return time;
}

std::string route_member_name(std::string_view path) {
    if (path.starts_with('/')) path.remove_prefix(1);
    const auto parts = safe_parts(path);
    if (!parts || path.ends_with('/') || path.ends_with('\\')) return {};
    std::string name;
    for (const auto& part : *parts) name.append(name.empty() ? "" : "/").append(part);
    return name;
}

}  // namespace reconcile
