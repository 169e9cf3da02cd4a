// Each drill has processes of its own and mostly waits for seconds to pass: two of them keep a machine of two cores awake, not busy.
[assembly: CollectionBehavior(MaxParallelThreads = 2)]
