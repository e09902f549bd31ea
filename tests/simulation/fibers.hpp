// SPDX-License-Identifier: BSL-1.0
//
// Workers that run in turns on one thread: each gives way at every storage call, and the scheduler's dice say who goes on. One seed is one
// run, on every machine.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <ucontext.h>
#include <utility>
#include <vector>

namespace simulation {

class fibers {
public:
    void add(std::function<void()> work) {
        auto f = std::make_unique<fiber>();
        f->work = std::move(work);
        f->stack.resize(stack_bytes);
        all_.push_back(std::move(f));
    }

    /// Runs all to their end. `pick(n)`: which of n that can go on.
    template <class Pick>
    void run(Pick&& pick) {
        for (auto& f : all_) {
            getcontext(&f->here);
            f->here.uc_stack.ss_sp = f->stack.data(), f->here.uc_stack.ss_size = f->stack.size(), f->here.uc_link = &scheduler_;
            current_ = this;
            makecontext(&f->here, &fibers::enter, 0);
        }
        std::vector<fiber*> ready;
        while (true) {
            ready.clear();
            for (auto& f : all_)
                if (!f->done) ready.push_back(f.get());
            if (ready.empty()) return;
            running_ = ready[pick(ready.size())];
            current_ = this;
            swapcontext(&scheduler_, &running_->here);
        }
    }

    /// Lets the scheduler go on; returns when it is this worker's turn again.
    void give_way() {
        auto* self = running_;
        swapcontext(&self->here, &scheduler_);
    }

private:
    static constexpr std::size_t stack_bytes = 1 << 18;
    struct fiber {
        std::function<void()> work{};
        std::vector<char> stack{};
        ucontext_t here{};
        bool done = false;
    };

    static void enter() {
        auto* self = current_->running_;
        self->work();
        self->done = true;
    }

    std::vector<std::unique_ptr<fiber>> all_{};
    fiber* running_ = nullptr;
    ucontext_t scheduler_{};
    static inline fibers* current_ = nullptr;
};

}  // namespace simulation
