// SPDX-License-Identifier: BSL-1.0
//
// A columnar store: a row handle with getters is described, the columns stay where they are. Nothing is copied to be matched.
#include <coincide/coincide.hpp>

#include <cstdint>
#include <iostream>
#include <ranges>
#include <vector>

struct Table {
    std::vector<std::int64_t> start_unix_ms;
    std::vector<float> minutes;
    std::vector<double> miles;
};

struct Row {
    const Table* table = nullptr;
    std::size_t at = 0;
    std::int64_t start() const { return table->start_unix_ms[at]; }
    float minutes() const { return table->minutes[at]; }
    double miles() const { return table->miles[at]; }
};

template <>
struct coincide::describe<Row> {
    static constexpr schema fields{
        bind(start_time, &Row::start, units::unix_millisecond),
        bind(elapsed, &Row::minutes, units::minute),
        bind(distance_m, &Row::miles, units::mile, absent_when(0.0)),
    };
};
static_assert(coincide::record<Row>);

/// The table as a random-access range of row handles.
class Rows {
public:
    class iterator {
    public:
        using value_type = Row;
        using difference_type = std::ptrdiff_t;
        using iterator_category = std::input_iterator_tag;
        using iterator_concept = std::random_access_iterator_tag;
        iterator() = default;
        iterator(const Table* table, std::ptrdiff_t at) : table_{table}, at_{at} {}
        Row operator*() const { return {table_, static_cast<std::size_t>(at_)}; }
        Row operator[](difference_type n) const { return *(*this + n); }
        iterator& operator++() { return ++at_, *this; }
        iterator operator++(int) { return {table_, at_++}; }
        iterator& operator--() { return --at_, *this; }
        iterator operator--(int) { return {table_, at_--}; }
        iterator& operator+=(difference_type n) { return at_ += n, *this; }
        iterator& operator-=(difference_type n) { return at_ -= n, *this; }
        friend iterator operator+(iterator i, difference_type n) { return i += n; }
        friend iterator operator+(difference_type n, iterator i) { return i += n; }
        friend iterator operator-(iterator i, difference_type n) { return i -= n; }
        friend difference_type operator-(iterator a, iterator b) { return a.at_ - b.at_; }
        friend auto operator<=>(iterator a, iterator b) { return a.at_ <=> b.at_; }
        friend bool operator==(iterator a, iterator b) { return a.at_ == b.at_; }

    private:
        const Table* table_ = nullptr;
        std::ptrdiff_t at_ = 0;
    };
    explicit Rows(const Table& table) : table_{&table} {}
    iterator begin() const { return {table_, 0}; }
    iterator end() const { return {table_, static_cast<std::ptrdiff_t>(table_->start_unix_ms.size())}; }

private:
    const Table* table_;
};

int main() {
    const Table table{{1717394400000, 1717394402000, 1717430400000}, {60.0f, 59.8f, 60.5f}, {19.5, 0.0, 19.4}};
    const Rows rows{table};
    const auto groups = coincide::group(rows, coincide::presets::balanced);
    for (auto const& group : groups) {
        std::cout << "activity of rows";
        for (auto const row : group.members) std::cout << ' ' << row;
        std::cout << '\n';
    }
    return groups.size() == 2 ? 0 : 1;
}
