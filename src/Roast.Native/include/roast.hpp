// roast.hpp: roast.h as C++17 values. Handles are owned and move; a failure throws roast::error. Nothing but this header.
#ifndef ROAST_HPP
#define ROAST_HPP

#include "roast.h"

#include <exception>
#include <functional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace roast {

/// A call that failed: its status, and the library's text.
class error : public std::runtime_error {
public:
    explicit error(roast_status status) : std::runtime_error(std::string(roast_status_name(status)) + ": " + roast_last_error()), status_(status) {}
    roast_status status() const noexcept { return status_; }

private:
    roast_status status_;
};

inline void check(roast_status status) {
    if (status != ROAST_OK) throw error(status);
}

/// Owns one handle: moves, frees once, never copies.
template <class T, roast_status(ROAST_CALL* Free)(T*)>
class handle {
public:
    handle() = default;
    explicit handle(T* value) noexcept : value_(value) {}
    handle(handle&& other) noexcept : value_(std::exchange(other.value_, nullptr)) {}
    handle& operator=(handle&& other) noexcept {
        if (this != &other) {
            reset();
            value_ = std::exchange(other.value_, nullptr);
        }
        return *this;
    }
    ~handle() { reset(); }
    T* get() const noexcept { return value_; }
    void reset() noexcept {
        if (value_) Free(std::exchange(value_, nullptr));
    }

private:
    T* value_ = nullptr;
};

using tokens = std::vector<int32_t>;
/// Sees each piece; false ends the answer. What it throws is thrown again by the call, after the library has returned.
using on_piece = std::function<bool(const roast_piece&)>;
using on_progress = std::function<bool(const roast_progress&)>;

namespace detail {
/// Carries a callable, and its exception, past the C border.
template <class F, class Argument>
struct bridge {
    const F& call;
    std::exception_ptr thrown;
    static int32_t ROAST_CALL enter(void* user, const Argument* argument) {
        auto* self = static_cast<bridge*>(user);
        try {
            return self->call(*argument) ? 0 : 1;
        } catch (...) {
            self->thrown = std::current_exception();
            return 1;
        }
    }
    /// The callable's own wish to stop is no failure.
    void finish(roast_status status) const {
        if (thrown) std::rethrow_exception(thrown);
        if (status != ROAST_E_ABORTED) check(status);
    }
};
}  // namespace detail

class steering_vector : public handle<roast_vector, roast_vector_free> {
public:
    using handle::handle;
    static steering_vector load(const std::string& path) {
        roast_vector* made = nullptr;
        check(roast_vector_load(path.c_str(), &made));
        return steering_vector(made);
    }
    void save(const std::string& path, bool overwrite = true) const { check(roast_vector_save(get(), path.c_str(), overwrite)); }
    roast_vector_info info() const {
        ROAST_INIT(roast_vector_info, info);
        check(roast_vector_get_info(get(), &info));
        return info;
    }
    /// The direction at a point, such as "mlp_act.0".
    std::vector<float> values(const std::string& point) const {
        size_t width = 0;
        roast_status status = roast_vector_values(get(), point.c_str(), nullptr, 0, &width);
        if (status != ROAST_E_BUFFER) check(status);
        std::vector<float> result(width);
        check(roast_vector_values(get(), point.c_str(), result.data(), width, &width));
        return result;
    }
};

class steering : public handle<roast_steering, roast_steering_free> {
public:
    using handle::handle;
    steering(const steering_vector& vector, float strength, int32_t scope = ROAST_SCOPE_LAST, bool relative = false) {
        ROAST_INIT(roast_steering_options, options);
        options.strength = strength;
        options.scope = scope;
        options.relative = relative;
        roast_steering* made = nullptr;
        check(roast_steering_create(vector.get(), &options, &made));
        handle::operator=(handle(made));
    }
    /// From any thread; acts from the next token on.
    void strength(float value, bool relative = false) const { check(roast_steering_set_strength(get(), value, relative)); }
};

/// An answer that is computed as it is asked for.
class generation : public handle<roast_generation, roast_generation_free> {
public:
    using handle::handle;
    /// false: the answer has ended. piece.text is valid until the next call.
    bool next(roast_piece& piece) const {
        piece.struct_size = sizeof piece;
        roast_status status = roast_generation_next(get(), &piece);
        if (status == ROAST_END) return false;
        check(status);
        return true;
    }
};

class model : public handle<roast_model, roast_model_free> {
public:
    explicit model(const std::string& path, const roast_open_options* options = nullptr) {
        roast_model* made = nullptr;
        check(roast_model_open(path.c_str(), options, &made));
        handle::operator=(handle(made));
    }
    roast_model_info info() const {
        ROAST_INIT(roast_model_info, info);
        check(roast_model_get_info(get(), &info));
        return info;
    }
    tokens encode_prompt(std::string_view text) const { return encode(roast_encode_prompt, text); }
    tokens tokenize(std::string_view text) const { return encode(roast_tokenize, text); }

    /// Generates on this thread and returns how it ended; every token is told before the next one is computed.
    roast_outcome generate(const tokens& ids, const on_piece& piece, roast_generate_options options = sized()) const {
        ROAST_INIT(roast_outcome, outcome);
        detail::bridge<on_piece, roast_piece> bridge{piece, nullptr};
        bridge.finish(roast_generate(get(), ids.data(), ids.size(), &options, bridge.enter, &bridge, &outcome));
        return outcome;
    }
    generation start(const tokens& ids, roast_generate_options options = sized()) const {
        roast_generation* made = nullptr;
        check(roast_generation_start(get(), ids.data(), ids.size(), &options, &made));
        return generation(made);
    }
    /// An empty vector where on_progress asked to stop.
    steering_vector fit(const std::string& task, const std::string& path, roast_fit_options options, const on_progress& progress) const {
        roast_vector* made = nullptr;
        detail::bridge<on_progress, roast_progress> bridge{progress, nullptr};
        options.struct_size = sizeof options;
        options.on_progress = bridge.enter;
        options.user = &bridge;
        bridge.finish(roast_fit(get(), task.c_str(), path.c_str(), &options, &made));
        return steering_vector(made);
    }
    static roast_generate_options sized() {
        ROAST_INIT(roast_generate_options, options);
        return options;
    }

private:
    template <class F>
    tokens encode(F function, std::string_view text) const {
        tokens ids(text.size() + 64);
        size_t count = 0;
        roast_status status = function(get(), text.data(), text.size(), ids.data(), ids.size(), &count);
        if (status == ROAST_E_BUFFER) {
            ids.resize(count);
            status = function(get(), text.data(), text.size(), ids.data(), ids.size(), &count);
        }
        check(status);
        ids.resize(count);
        return ids;
    }
};

}  // namespace roast
#endif
