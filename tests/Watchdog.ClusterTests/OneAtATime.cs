// Each drill has processes of its own and measures seconds: together they would slow one another down.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
