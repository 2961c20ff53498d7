#pragma once

/// @file
/// Batches of work through three stages: read (one at a time), work (on many threads), write (one
/// at a time, in the order of reading). The order of effects does not depend on the number of
/// threads. What nobody waits for comes after: clean_up (on many threads).

#include <condition_variable>
#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

namespace copydesk::pipeline {

/// The stages. `read` gives nothing at the end. `write` returns false to stop the run early (a
/// write failed); batches already read are then dropped.
template <typename Batch>
struct Stages {
  std::function<std::optional<Batch>()> read;
  std::function<void(Batch&)> work;   ///< called from several threads at once
  std::function<bool(Batch&)> write;  ///< never called from two threads at once
  std::function<void()> clean_up;  ///< after each write, alongside all other stages; may be empty
};

/// Number of threads for the option's value: 0 means all cores.
[[nodiscard]] inline unsigned thread_count(unsigned wanted) noexcept {
  const unsigned cores = std::thread::hardware_concurrency();
  return wanted != 0 ? wanted : cores != 0 ? cores : 1;
}

namespace detail {

/// The state that the threads of one run share. Every thread does whatever is next: write a
/// finished batch if it is that batch's turn and nobody writes, else read and work on a new one.
///
/// A batch is best written by the thread that worked on it, whose core has it in its cache. So a
/// thread whose batch is next but for the one that is being written waits for that.
template <typename Batch>
class Run {
 public:
  Run(const Stages<Batch>& stages, unsigned threads)
      : stages_(stages), most_in_flight_(threads * 4) {}

  void loop() {
    std::unique_lock lock(mutex_);
    while (!stopped_) {
      if (!writing_ && !done_.empty() && done_.begin()->first == next_to_write_) {
        write_one(lock);
      } else if (!reading_ && !ended_ && in_flight_ < most_in_flight_) {
        read_and_work(lock);
      } else if (ended_ && in_flight_ == 0) {
        break;
      } else {
        changed_.wait(lock);
      }
    }
    changed_.notify_all();
  }

 private:
  void write_one(std::unique_lock<std::mutex>& lock) {
    auto node = done_.extract(done_.begin());
    write(std::move(node.mapped()), lock);
  }

  void write(Batch batch, std::unique_lock<std::mutex>& lock) {
    writing_ = true;
    lock.unlock();
    const bool go_on = stages_.write(batch);
    lock.lock();
    writing_ = false;
    ++next_to_write_;
    stopped_ = stopped_ || !go_on;
    changed_.notify_all();
    lock.unlock();
    // To free a batch takes a while: nobody is to wait for it.
    batch = {};
    if (stages_.clean_up) stages_.clean_up();
    lock.lock();
    --in_flight_;
    changed_.notify_all();
  }

  void read_and_work(std::unique_lock<std::mutex>& lock) {
    reading_ = true;
    lock.unlock();
    std::optional<Batch> batch = stages_.read();
    lock.lock();
    reading_ = false;
    ended_ = !batch.has_value();
    changed_.notify_all();
    if (!batch) return;
    const std::size_t number = next_to_read_++;
    ++in_flight_;
    lock.unlock();
    stages_.work(*batch);
    lock.lock();
    while (writing_ && !stopped_ && next_to_write_ + 1 == number) changed_.wait(lock);
    if (!writing_ && !stopped_ && next_to_write_ == number) {
      write(*std::move(batch), lock);
    } else {
      done_.emplace(number, *std::move(batch));
      changed_.notify_all();
    }
  }

  const Stages<Batch>& stages_;
  const std::size_t most_in_flight_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::map<std::size_t, Batch> done_;
  std::size_t next_to_read_ = 0;
  std::size_t next_to_write_ = 0;
  std::size_t in_flight_ = 0;
  bool reading_ = false;
  bool writing_ = false;
  bool ended_ = false;
  bool stopped_ = false;
};

}  // namespace detail

/// Runs the stages to the end of input or until `write` says stop, on `threads` threads, the
/// calling one among them. With one thread nothing is started and nothing is locked. At most four
/// batches a thread are held at a time. An exception in a stage ends the program: stages do not
/// throw.
template <typename Batch>
void run(const Stages<Batch>& stages, unsigned threads) {
  if (threads <= 1) {
    while (std::optional<Batch> batch = stages.read()) {
      stages.work(*batch);
      if (!stages.write(*batch)) return;
      if (stages.clean_up) stages.clean_up();
    }
    return;
  }
  detail::Run<Batch> state(stages, threads);
  std::vector<std::jthread> helpers;
  helpers.reserve(threads - 1);
  for (unsigned i = 1; i < threads; ++i) helpers.emplace_back([&state] { state.loop(); });
  state.loop();
}

}  // namespace copydesk::pipeline
