// More tests at once than a device has sessions: the pool says who is next.
[assembly: LevelOfParallelism(8)]
